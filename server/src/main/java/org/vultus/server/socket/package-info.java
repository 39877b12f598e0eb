/**
 * Face sessions from the outside: the WebSocket and its twin over plain HTTP, and the messages both speak. Decides nothing.
 */
@NullMarked
package org.vultus.server.socket;

import org.jspecify.annotations.NullMarked;
