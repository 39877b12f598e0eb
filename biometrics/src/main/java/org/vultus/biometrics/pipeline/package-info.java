/**
 * The stages in order: one straight method from a captured sample to a probe, a template or a decision. Holds no
 * algorithm of its own.
 */
@NullMarked
package org.vultus.biometrics.pipeline;

import org.jspecify.annotations.NullMarked;
