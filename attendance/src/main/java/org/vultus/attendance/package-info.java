/** Time worked: from the punches of people to timesheets. Hears from {@code access} who stands there; knows nothing of pixels, SQL or HTTP. */
@NullMarked
package org.vultus.attendance;

import org.jspecify.annotations.NullMarked;
