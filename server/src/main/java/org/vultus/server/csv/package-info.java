/** Reading of comma-separated values. Knows nothing of what they mean. */
@NullMarked
package org.vultus.server.csv;

import org.jspecify.annotations.NullMarked;
