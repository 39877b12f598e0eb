/**
 * Expected refusals as values: what a stage gives back instead of an exception when the input, not the program, is at
 * fault. Holds the outcome type, the enumerated reasons and the advice a person can act on; holds no logic of any stage.
 */
@NullMarked
package org.vultus.biometrics.outcome;

import org.jspecify.annotations.NullMarked;
