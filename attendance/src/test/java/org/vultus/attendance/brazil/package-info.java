@NullMarked
package org.vultus.attendance.brazil;

import org.jspecify.annotations.NullMarked;
