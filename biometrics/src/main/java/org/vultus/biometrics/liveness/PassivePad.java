package org.vultus.biometrics.liveness;

import java.util.List;
import org.vultus.biometrics.outcome.Advice;

/**
 * The passive check: a face is taken for live when more than half of the frames reach the threshold. A majority, because a
 * single frame of a live person may be blurred, and a single frame of an attack may look good. Immutable.
 *
 * @param minimumFrames with fewer frames nothing is decided; at least 1
 * @param threshold the lowest score of a frame that looks live, 0–1
 */
public record PassivePad(int minimumFrames, double threshold) {

    /**
     * For a sign-in. For the liveness network alone, chosen so that at most 1 % of presentations of three frames of live people
     * count as attacks; about half of the attacks by screen then still pass. With the trained head about a quarter of the attacks
     * passes, until it is calibrated to a site's cameras (docs/results/liveness.md).
     */
    public static final PassivePad SIGN_IN = new PassivePad(3, 0.0025);

    /** For one image of an enrolment, chosen likewise for single frames; about two in three screens pass the network alone. */
    public static final PassivePad ENROLMENT_IMAGE = new PassivePad(1, 0.001);

    public PassivePad {
        if (minimumFrames < 1 || !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "not a passive check: %d frames, threshold %s".formatted(minimumFrames, threshold));
        }
    }

    /** @param frames of one face: all that were scored in the attempt, because a choice of them would be the attacker's */
    public PadDecision decide(List<LivenessScore> frames) {
        if (frames.size() < minimumFrames) {
            return new PadDecision.Inconclusive(Advice.LOOK_AT_CAMERA);
        }
        return LivenessScore.median(frames).bonaFide() >= threshold
                ? new PadDecision.BonaFide(new BonaFideFace(frames))
                : new PadDecision.AttackPresentation();
    }
}
