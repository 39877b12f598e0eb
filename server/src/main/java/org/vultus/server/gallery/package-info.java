/** The gallery as an administrator sees it: which one is used, whether it answers, and long work on an index outside of the process. Searches nothing. */
@NullMarked
package org.vultus.server.gallery;

import org.jspecify.annotations.NullMarked;
