/**
 * Many people at once at a running server: what they wait, and what becomes of them. Speaks to the server as browsers do, over
 * HTTP and WebSockets, and shares no code with it.
 */
@NullMarked
package org.vultus.evaluation.load;

import org.jspecify.annotations.NullMarked;
