/** The devices that people punch at, and the PINs of those who decline the camera. Knows nothing of shifts. */
@NullMarked
package org.vultus.attendance.kiosk;

import org.jspecify.annotations.NullMarked;
