/** Who has which shift on which day: rosters, assignments, holidays and leave. Tells the plan; knows nothing of who came. */
@NullMarked
package org.vultus.attendance.roster;

import org.jspecify.annotations.NullMarked;
