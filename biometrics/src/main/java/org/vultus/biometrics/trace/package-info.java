/**
 * What the pipeline tells an observer about its own running: which stage took how long. Carries no pixels and no
 * features.
 */
@NullMarked
package org.vultus.biometrics.trace;

import org.jspecify.annotations.NullMarked;
