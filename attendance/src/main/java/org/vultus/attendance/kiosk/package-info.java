/** The devices that people punch at. Knows nothing of shifts. */
@NullMarked
package org.vultus.attendance.kiosk;

import org.jspecify.annotations.NullMarked;
