/**
 * Whether this machine runs the vector forms of the inner loops. The loops themselves lie beside their plain twins, in classes of
 * their own that nothing touches where the answer is no.
 */
@NullMarked
package org.vultus.biometrics.simd;

import org.jspecify.annotations.NullMarked;
