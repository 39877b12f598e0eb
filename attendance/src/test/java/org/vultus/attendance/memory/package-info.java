/** The ports of attendance in memory, for tests of what is built on them. */
@NullMarked
package org.vultus.attendance.memory;

import org.jspecify.annotations.NullMarked;
