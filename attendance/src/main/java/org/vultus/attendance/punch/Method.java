package org.vultus.attendance.punch;

/** How it was known who punched. Names are stable: they are stored. */
public enum Method {
    FACE,
    PIN,
    BADGE,
    /** A manager said so, with a reason. */
    MANUAL
}
