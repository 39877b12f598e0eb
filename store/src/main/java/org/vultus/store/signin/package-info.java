/** Sessions, the log of attempts and lockouts in PostgreSQL. */
@NullMarked
package org.vultus.store.signin;

import org.jspecify.annotations.NullMarked;
