/** Departments, people and their passwords in PostgreSQL. */
@NullMarked
package org.vultus.store.people;

import org.jspecify.annotations.NullMarked;
