/** PostgreSQL behind the ports of {@code access}. Decides nothing: a rule that could be tested without a database is not here. */
@NullMarked
package org.vultus.store;

import org.jspecify.annotations.NullMarked;
