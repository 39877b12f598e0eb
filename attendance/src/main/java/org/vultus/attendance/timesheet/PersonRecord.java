package org.vultus.attendance.timesheet;

import java.util.List;
import java.util.UUID;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Leave;

/** All that was recorded of a person, in any order. */
public record PersonRecord(
        UUID subject,
        UUID department,
        List<Punch> punches,
        List<Voiding> voidings,
        List<Assignment> assignments,
        List<Leave> leaves,
        List<OvertimeApproval> overtime) {}
