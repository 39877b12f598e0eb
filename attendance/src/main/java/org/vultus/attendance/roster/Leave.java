package org.vultus.attendance.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Days on which a person is not expected.
 *
 * @param to inclusive
 * @param kind vacation, illness or what the site calls it
 * @param cancelledAt since when it is none; {@code null} while it holds
 */
public record Leave(
        UUID id,
        UUID subject,
        LocalDate from,
        LocalDate to,
        String kind,
        UUID recordedBy,
        Instant recordedAt,
        @Nullable Instant cancelledAt) {
    public Leave {
        Planning.plannable(from);
        Planning.plannable(to);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a leave ends on or after the day it begins");
        }
        if (kind.isBlank() || kind.length() > 100) {
            throw new IllegalArgumentException("the kind of a leave is 1 to 100 characters");
        }
    }

    /** Whether it covers a day, as known at a moment. */
    boolean covers(LocalDate day, Instant asOf) {
        return !day.isBefore(from)
                && !day.isAfter(to)
                && !recordedAt.isAfter(asOf)
                && (cancelledAt == null || cancelledAt.isAfter(asOf));
    }
}
