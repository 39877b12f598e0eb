package org.vultus.attendance.shift;

import java.time.LocalTime;

/**
 * A pause within a shift that is not paid, whether people punch for it or not.
 *
 * @param end an earlier time than {@code start} is on the next day
 */
public record UnpaidBreak(LocalTime start, LocalTime end) {
    public UnpaidBreak {
        if (start.equals(end) || start.getNano() != 0 || end.getNano() != 0) {
            throw new IllegalArgumentException("a break has a length, and begins and ends on a whole second");
        }
    }
}
