/** Configuration as validated records, and the wiring of every part. Nothing else reads a property. */
@NullMarked
package org.vultus.server.config;

import org.jspecify.annotations.NullMarked;
