package org.vultus.attendance.clock;

import java.time.ZonedDateTime;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.timesheet.Stamp;

/**
 * The answer to somebody who punched.
 *
 * @param stamp the punch that counts
 * @param time its moment on the kiosk's clock
 * @param pictureKept whether a picture of it was kept as proof of presence
 * @param repeated whether it had been taken before: nothing was added to the hours
 */
public record Greeting(Subject subject, Stamp stamp, ZonedDateTime time, boolean pictureKept, boolean repeated) {}
