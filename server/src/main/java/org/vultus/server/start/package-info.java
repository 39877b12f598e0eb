/** What happens at start and stop: beans worked out in advance, the first administrator, the certificate, messages for what went wrong. */
@NullMarked
package org.vultus.server.start;

import org.jspecify.annotations.NullMarked;
