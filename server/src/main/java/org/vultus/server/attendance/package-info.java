/** Attendance over HTTP: punching at kiosks, plans, timesheets, corrections and reports. Counts no hours and decides no face. */
@NullMarked
package org.vultus.server.attendance;

import org.jspecify.annotations.NullMarked;
