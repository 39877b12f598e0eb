/** From events to hours: which punch belongs to which day, what is missing, what is overtime. Pure functions; the same events give the same result in whatever order they arrived. Stores nothing. */
@NullMarked
package org.vultus.attendance.timesheet;

import org.jspecify.annotations.NullMarked;
