/** What was seen and when: punches and what managers said of them, as events that are only ever added. Judges nothing. */
@NullMarked
package org.vultus.attendance.punch;

import org.jspecify.annotations.NullMarked;
