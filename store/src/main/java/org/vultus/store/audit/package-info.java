/** The audit trail in PostgreSQL: appended within the transaction of what it tells of, signed from time to time. */
@NullMarked
package org.vultus.store.audit;

import org.jspecify.annotations.NullMarked;
