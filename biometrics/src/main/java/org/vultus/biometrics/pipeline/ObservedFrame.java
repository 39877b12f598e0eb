package org.vultus.biometrics.pipeline;

import java.util.Optional;
import org.vultus.biometrics.liveness.FaceObservation;

/**
 * One frame of a session that watches how a face moves.
 *
 * @param probe where it was asked for: what the frame is worth for the passive check and for comparison
 */
public record ObservedFrame(FaceObservation observation, AssessedFace face, Optional<BiometricProbe> probe) {}
