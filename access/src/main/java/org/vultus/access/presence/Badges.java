package org.vultus.access.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who has which badge. The numbers cannot be read back. */
public interface Badges {

    /** Whose badge that is. */
    Optional<UUID> find(String number);

    /** Since when somebody has theirs; empty for none. */
    Optional<Instant> givenAt(UUID subject);

    /** In place of one before. @return {@code false} when it is somebody else's; nothing is changed then */
    boolean store(UUID subject, String number, Instant at);

    /** @return {@code false} when there was none */
    boolean remove(UUID subject);
}
