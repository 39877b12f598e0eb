/** People, their departments and roles. Knows nothing of faces. */
@NullMarked
package org.vultus.access.subject;

import org.jspecify.annotations.NullMarked;
