package org.vultus.attendance.kiosk;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that people punch at.
 *
 * @param site whose sequence numbers its punches; one for each establishment
 * @param zone of the clock on its wall
 * @param departments whose people it knows
 * @param removedAt since when its credential is void
 */
public record Kiosk(
        UUID id,
        String name,
        String site,
        ZoneId zone,
        Set<UUID> departments,
        Instant registeredAt,
        @Nullable Instant removedAt) {
    public Kiosk {
        if (name.isBlank() || name.length() > 100 || site.isBlank() || site.length() > 100) {
            throw new IllegalArgumentException("a kiosk's name and site are 1 to 100 characters");
        }
        if (departments.isEmpty()) {
            throw new IllegalArgumentException("a kiosk serves at least one department");
        }
        departments = Set.copyOf(departments);
    }

    /**
     * A site's name as a new kiosk may bear it. It stands in addresses, such as that of the site's AFD, where servers and proxies take
     * some characters for their own; kiosks that have such a name already keep it.
     */
    public static String newSite(String name) {
        if (name.chars().anyMatch(c -> "/\\%;".indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw new IllegalArgumentException("a site's name has none of / \\ % ;");
        }
        return name;
    }
}
