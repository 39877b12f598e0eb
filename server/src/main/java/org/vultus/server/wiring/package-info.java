/** How the parts are put together: beans and nothing else. */
@NullMarked
package org.vultus.server.wiring;

import org.jspecify.annotations.NullMarked;
