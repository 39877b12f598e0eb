package org.vultus.biometrics.liveness;

import java.util.List;

/**
 * How much one frame looks like a bona fide presentation. With a trained head it is the probability of one where attacks are
 * as frequent as live people, as far as cameras and attacks are like those it was trained on. For operators; a score tells an
 * attacker whether he comes closer.
 *
 * @param bonaFide 0–1, higher is more like a live person
 */
public record LivenessScore(double bonaFide) {

    public LivenessScore {
        if (!(bonaFide >= 0 && bonaFide <= 1)) {
            throw new IllegalArgumentException("not a liveness score: " + bonaFide);
        }
    }

    /** The score whose log-odds these are. */
    public static LivenessScore ofLogOdds(double logOdds) {
        return new LivenessScore(1 / (1 + Math.exp(-logOdds)));
    }

    /** The logarithm of the odds of a bona fide presentation; infinite for a score of 0 or 1. */
    public double logOdds() {
        return Math.log(bonaFide / (1 - bonaFide));
    }

    /**
     * The score of several frames together: the highest that more than half of them reach (the lower median). Fewer than half
     * of the frames cannot raise it above what the others have.
     *
     * @throws IllegalArgumentException when there is no frame
     */
    public static LivenessScore median(List<LivenessScore> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("no frame");
        }
        double[] sorted =
                frames.stream().mapToDouble(LivenessScore::bonaFide).sorted().toArray();
        return new LivenessScore(sorted[(sorted.length - 1) / 2]);
    }
}
