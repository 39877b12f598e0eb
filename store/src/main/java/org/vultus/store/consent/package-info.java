/** The recorded legal bases in PostgreSQL. */
@NullMarked
package org.vultus.store.consent;

import org.jspecify.annotations.NullMarked;
