/** The audit trail as a file that can be checked without the server. Neither reads nor writes the database, and judges nothing: {@code access.audit} does. */
@NullMarked
package org.vultus.server.audit;

import org.jspecify.annotations.NullMarked;
