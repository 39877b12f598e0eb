package org.vultus.attendance.contract;

import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.timesheet.Approvals;

/** One implementation of all ports of attendance over one set of data, with two departments and people in them. */
public interface AttendanceSite {
    UnitOfWork work();

    Shifts shifts();

    Rosters rosters();

    RuleBook rules();

    Punches punches();

    Approvals approvals();

    Kiosks kiosks();

    UUID department();

    UUID otherDepartment();

    /** A new person of a department. */
    UUID person(UUID department);
}
