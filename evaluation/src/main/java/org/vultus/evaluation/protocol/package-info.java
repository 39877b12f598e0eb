/**
 * Which image is compared with which: pair lists and enrolment folders, and the run that turns their images into features.
 * Judges nothing.
 */
@NullMarked
package org.vultus.evaluation.protocol;

import org.jspecify.annotations.NullMarked;
