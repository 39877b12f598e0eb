/**
 * What every implementation of the ports must do, as tests without an implementation: the twins in memory and the tables run the
 * same ones. A test class extends a contract and gives it an empty site.
 */
@NullMarked
package org.vultus.access.contract;

import org.jspecify.annotations.NullMarked;
