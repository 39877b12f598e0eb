/** What the ports of attendance must do, for whoever implements them. */
@NullMarked
package org.vultus.attendance.contract;

import org.jspecify.annotations.NullMarked;
