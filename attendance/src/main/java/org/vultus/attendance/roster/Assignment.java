package org.vultus.attendance.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From a day on a person has a roster, until a later assignment begins. Of two from the same day the one recorded later holds.
 *
 * @param roster {@code null} for none: the default shift measures the days they come
 */
public record Assignment(
        UUID id, UUID subject, @Nullable UUID roster, LocalDate from, UUID recordedBy, Instant recordedAt) {
    public Assignment {
        Planning.plannable(from);
    }
}
