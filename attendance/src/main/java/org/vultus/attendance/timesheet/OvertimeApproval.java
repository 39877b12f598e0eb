package org.vultus.attendance.timesheet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * That overtime of a person on a day is wanted, up to so many seconds. The one recorded last holds; 0 takes it back.
 */
public record OvertimeApproval(UUID id, UUID subject, LocalDate day, long seconds, UUID by, Instant recordedAt) {
    public OvertimeApproval {
        if (seconds < 0 || seconds > 86_400) {
            throw new IllegalArgumentException("approved overtime is 0 to 1440 minutes of a day");
        }
    }
}
