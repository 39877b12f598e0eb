/** The ports of the use cases in memory, for tests of those and of what is built on them. */
@NullMarked
package org.vultus.access.memory;

import org.jspecify.annotations.NullMarked;
