package org.vultus.attendance.timesheet;

import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.shift.Status;

/** A punch as its day understands it. */
public record Stamp(Punch punch, Direction direction, Status status) {}
