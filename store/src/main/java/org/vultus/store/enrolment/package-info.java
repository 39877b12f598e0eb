/** References, sealed, and the register of who is enrolled, in PostgreSQL. */
@NullMarked
package org.vultus.store.enrolment;

import org.jspecify.annotations.NullMarked;
