/** Everything that can be configured, as validated records. */
@NullMarked
package org.vultus.server.config;

import org.jspecify.annotations.NullMarked;
