package org.vultus.attendance.shift;

/** What a punch is called, measured by its shift. Names are stable: they are part of the API. */
public enum Status {
    /** An arrival before the start. */
    EARLY,
    /** An arrival from the start to the end of the grace, inclusive; a return; a departure at the end, or within its grace. */
    ON_TIME,
    /** An arrival after the grace. */
    LATE,
    /** A departure before the end and its grace, until the person comes back. */
    LEFT_EARLY,
    /** Anything after the end, or on a day without work. */
    OVERTIME
}
