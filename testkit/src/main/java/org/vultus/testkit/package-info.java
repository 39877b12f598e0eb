/**
 * What tests share: the demo photos of real faces that npm fetches beside the models, and captures derived from them; painted
 * faces of nobody, with networks that see in them what a test wants seen; a clock that a test moves; programs of the machine. Holds no test. The
 * benchmark makes its photo with it; a server does not contain it.
 */
@NullMarked
package org.vultus.testkit;

import org.jspecify.annotations.NullMarked;
