/** The schema's migrations (in {@code db/migration}) and their execution. */
@NullMarked
package org.vultus.store.schema;

import org.jspecify.annotations.NullMarked;
