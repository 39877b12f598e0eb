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
     * For a sign-in with the default pack, lenient because nobody is to be locked out by a camera that the head has never seen: no
     * live frame of the training's webcams, left out in turn, falls below, and of the attacks a third passes. A site that
     * calibrates the head to its own cameras (./vultus pad calibrate) has 5 % pass where 2 % of live frames fail
     * (docs/results/liveness.md).
     */
    public static final PassivePad SIGN_IN = new PassivePad(3, 0.001);

    /** For one image of an enrolment, where somebody stands by and press photos are common: lower still. */
    public static final PassivePad ENROLMENT_IMAGE = new PassivePad(1, 0.0001);

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
