/**
 * A gallery in Qdrant, for more references than one process should hold: vectors leave transformed by a key of their department,
 * with nothing but the identifiers of the reference and the department. Decides nothing, and keeps no reference of its own: what
 * counts is in PostgreSQL, from which the index is filled, verified and repaired.
 */
@NullMarked
package org.vultus.store.qdrant;

import org.jspecify.annotations.NullMarked;
