package org.vultus.attendance.timesheet;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.punch.Punch;

/**
 * From an arrival to the next departure. One of the two may be missing, and then no time is counted.
 *
 * @param seconds present, after rounding
 */
public record Session(@Nullable Stamp in, @Nullable Stamp out, long seconds) {
    static final Comparator<Session> IN_ORDER =
            Comparator.comparing(session -> session.first().punch(), Punch.IN_ORDER);

    public Session {
        if (in == null && out == null) {
            throw new IllegalArgumentException("nobody came or went");
        }
    }

    private Stamp first() {
        return in != null ? in : Objects.requireNonNull(out);
    }
}
