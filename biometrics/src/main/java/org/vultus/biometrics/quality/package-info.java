/**
 * How fit a face is for comparison, component by component after ISO/IEC 29794-5, with advice for the person in front of
 * the camera. Judges the capture, never who it shows.
 */
@NullMarked
package org.vultus.biometrics.quality;

import org.jspecify.annotations.NullMarked;
