package org.vultus.attendance.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A day on which those whose roster observes holidays are not expected.
 *
 * @param department where; {@code null} for everywhere
 * @param removedAt since when it is none; {@code null} while it is one
 */
public record Holiday(
        UUID id,
        LocalDate day,
        String name,
        @Nullable UUID department,
        Instant recordedAt,
        @Nullable Instant removedAt) {
    public Holiday {
        Planning.plannable(day);
    }

    /** Whether it was known at a moment, and holds for a department. */
    boolean holds(UUID where, Instant asOf) {
        return (department == null || department.equals(where))
                && !recordedAt.isAfter(asOf)
                && (removedAt == null || removedAt.isAfter(asOf));
    }
}
