/** The rights of the people concerned over HTTP, and the signed certificate of an erasure. Decides nothing: the use cases do. */
@NullMarked
package org.vultus.server.privacy;

import org.jspecify.annotations.NullMarked;
