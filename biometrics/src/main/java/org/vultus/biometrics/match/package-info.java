/**
 * Comparison scores between feature vectors of one extractor. Knows no thresholds.
 */
@NullMarked
package org.vultus.biometrics.match;

import org.jspecify.annotations.NullMarked;
