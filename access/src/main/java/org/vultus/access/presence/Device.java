package org.vultus.access.presence;

import java.util.Set;
import java.util.UUID;
import org.vultus.access.audit.Actor;

/**
 * Where somebody stands.
 *
 * @param departments whose people it may recognise
 * @param from its network address and name, for the log
 */
public record Device(UUID id, Set<UUID> departments, Actor from) {
    public Device {
        departments = Set.copyOf(departments);
    }
}
