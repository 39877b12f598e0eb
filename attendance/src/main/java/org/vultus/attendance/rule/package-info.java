/** How time is paid: thresholds, multipliers, night, approval, in versions with effective dates. Counts nothing itself. */
@NullMarked
package org.vultus.attendance.rule;

import org.jspecify.annotations.NullMarked;
