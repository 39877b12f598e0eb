/** The HTTP interface: controllers that translate between JSON and the use cases, and problem details (RFC 9457). */
@NullMarked
package org.vultus.server.http;

import org.jspecify.annotations.NullMarked;
