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
     * For a sign-in: with the shipped head 0.3 % of single live frames of webcams that it was not trained on are below, and 20 % of
     * single attack frames are not (docs/results/liveness.md). Set so that at most 3 % of the photos of LFW are below.
     */
    public static final PassivePad SIGN_IN = new PassivePad(3, 0.05);

    /** For one image of an enrolment, with an officer present: fewer live people are refused, more attacks pass. */
    public static final PassivePad ENROLMENT_IMAGE = new PassivePad(1, 0.02);

    public PassivePad {
        if (minimumFrames < 1 || !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "not a passive check: %d frames, threshold %s".formatted(minimumFrames, threshold));
        }
    }

    /** @param frames of one face: all that were scored in the attempt, because a choice of them would be the attacker's */
    public PadDecision decide(List<LivenessScore> frames) {
        return decide(frames, frames.size() / 2 + 1);
    }

    /** The same where something else speaks for an attack: no frame is forgiven. */
    public PadDecision decideStrictly(List<LivenessScore> frames) {
        return decide(frames, frames.size());
    }

    /** @param live how many frames must reach the threshold */
    private PadDecision decide(List<LivenessScore> frames, int live) {
        if (frames.size() < minimumFrames) {
            return new PadDecision.Inconclusive(Advice.LOOK_AT_CAMERA);
        }
        return frames.stream().filter(frame -> frame.bonaFide() >= threshold).count() >= live
                ? new PadDecision.BonaFide(new BonaFideFace(frames))
                : new PadDecision.AttackPresentation();
    }
}
