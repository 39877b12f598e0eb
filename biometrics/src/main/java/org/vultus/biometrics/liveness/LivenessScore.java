package org.vultus.biometrics.liveness;

import java.util.List;

/**
 * How much one frame looks like a bona fide presentation. It is the network's own scale and no probability: what a score is
 * worth, only a measured error rate tells. For operators; a score tells an attacker whether he comes closer.
 *
 * @param bonaFide 0–1, higher is more like a live person
 */
public record LivenessScore(double bonaFide) {

    public LivenessScore {
        if (!(bonaFide >= 0 && bonaFide <= 1)) {
            throw new IllegalArgumentException("not a liveness score: " + bonaFide);
        }
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
