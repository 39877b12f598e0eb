/** The program: configuration, HTTP, WebSocket, OpenID Connect. Wires the use cases; holds no rule of theirs. */
@NullMarked
package org.vultus.server;

import org.jspecify.annotations.NullMarked;
