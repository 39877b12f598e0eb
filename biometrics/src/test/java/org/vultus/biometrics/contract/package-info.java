/**
 * What every implementation of a port of this module must do, as tests without an implementation. A test class extends a contract
 * and gives it what it tests.
 */
@NullMarked
package org.vultus.biometrics.contract;

import org.jspecify.annotations.NullMarked;
