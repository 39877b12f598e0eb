/** Punches, plans, rules, kiosks and approvals in the tables {@code attendance_*}. Counts no hours. */
@NullMarked
package org.vultus.store.attendance;

import org.jspecify.annotations.NullMarked;
