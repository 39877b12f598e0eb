package org.vultus.biometrics.liveness;

import java.util.List;

/**
 * Evidence that a check of presentation attacks took a face for a live one. Only this package can make it, so that what
 * demands it cannot be had without the check. Immutable; its text form holds no score.
 */
public final class BonaFideFace {
    private final List<LivenessScore> frames;

    BonaFideFace(List<LivenessScore> frames) {
        this.frames = List.copyOf(frames);
    }

    /** The score of each frame that was looked at, in order; for the audit log and the operator only. */
    public List<LivenessScore> frames() {
        return frames;
    }

    @Override
    public String toString() {
        return "BonaFideFace[" + frames.size() + " frames]";
    }
}
