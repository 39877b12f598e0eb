package org.vultus.attendance.memory;

import org.vultus.attendance.contract.AttendanceContract;
import org.vultus.attendance.contract.AttendanceSite;

/** The twin in memory keeps the contract that the tables keep. */
class MemoryAttendanceTest extends AttendanceContract {
    @Override
    protected AttendanceSite emptySite() {
        return new MemoryAttendance();
    }
}
