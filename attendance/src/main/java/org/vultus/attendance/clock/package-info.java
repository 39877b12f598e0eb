/** The use cases: a punch and its greeting, corrections, the board, timesheets. Asks the ports and the pure functions; decides nothing of hours itself. */
@NullMarked
package org.vultus.attendance.clock;

import org.jspecify.annotations.NullMarked;
