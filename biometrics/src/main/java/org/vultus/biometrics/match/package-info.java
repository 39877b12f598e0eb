/**
 * Comparison scores between feature vectors of one extractor, and ranked candidate lists. Knows no thresholds.
 */
@NullMarked
package org.vultus.biometrics.match;

import org.jspecify.annotations.NullMarked;
