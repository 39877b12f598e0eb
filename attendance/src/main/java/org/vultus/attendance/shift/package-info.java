/** When work begins and ends, and what a punch at a moment is called. Pure functions of time; knows nobody. */
@NullMarked
package org.vultus.attendance.shift;

import org.jspecify.annotations.NullMarked;
