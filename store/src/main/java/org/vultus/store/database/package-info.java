/**
 * The PostgreSQL that comes with Vultus: unpacks its programs, makes a durable cluster in the data folder, starts, watches and
 * stops it. Knows no table, and is not used when the site has a database of its own.
 */
@NullMarked
package org.vultus.store.database;

import org.jspecify.annotations.NullMarked;
