/** All that is stored of one person, and what people asked for, in PostgreSQL. Erasing is a function of the database. */
@NullMarked
package org.vultus.store.privacy;

import org.jspecify.annotations.NullMarked;
