/**
 * From a comparison score to a decision at a stated false match rate: operating points and the error-rate scale.
 */
@NullMarked
package org.vultus.biometrics.decide;

import org.jspecify.annotations.NullMarked;
