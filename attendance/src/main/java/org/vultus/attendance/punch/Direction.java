package org.vultus.attendance.punch;

/** Which way somebody went. Names are stable: they are stored. */
public enum Direction {
    IN,
    OUT
}
