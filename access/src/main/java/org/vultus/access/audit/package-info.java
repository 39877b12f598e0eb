/** What was done, by whom, with what result: events in a chain of hashes with signed checkpoints, and the check of both. Knows no table and no file. */
@NullMarked
package org.vultus.access.audit;

import org.jspecify.annotations.NullMarked;
