package org.vultus.attendance.timesheet;

/** What somebody should know about a day. Names are stable: they are part of the API. */
public enum Remark {
    LATE,
    LEFT_EARLY,
    /** Expected, and no punch at all. */
    ABSENT,
    /** A departure without an arrival: its time is not guessed. */
    MISSING_IN,
    /** An arrival without a departure: its time is not guessed. */
    MISSING_OUT,
    /** Arrived, and the shift is not over yet. */
    PRESENT,
    /** Work outside every shift. */
    UNSCHEDULED,
    WORKED_ON_REST_DAY,
    WORKED_ON_HOLIDAY,
    WORKED_ON_LEAVE,
    /** A kiosk delivered it long after it was taken. */
    DELIVERED_LATE,
    /** A kiosk said a moment that had not come yet; the moment of receipt counts. */
    CLOCK_WRONG,
    /** A manager added or voided a punch. */
    CORRECTED,
    OVERTIME_NOT_APPROVED;

    /** Whether a manager has something to look at or to put right. */
    public boolean exception() {
        return this != PRESENT;
    }
}
