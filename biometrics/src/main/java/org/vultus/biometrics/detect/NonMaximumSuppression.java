package org.vultus.biometrics.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Leaves one box per face where a detector gives many: greedily, the most confident box stays and those that overlap it
 * go. Stateless, safe for several threads.
 */
public final class NonMaximumSuppression {

    /**
     * How many candidates are looked at, the most confident first, so that a network gone wild costs a bounded time. The
     * top_k of the default detector's own code.
     */
    public static final int MAX_CANDIDATES = 750;

    private NonMaximumSuppression() {}

    /**
     * The candidates of which no more confident one that stays overlaps by more than {@code threshold}, most confident
     * first; among equals the earlier one is preferred.
     *
     * @param threshold intersection over union, 0–1
     */
    public static List<DetectedFace> suppress(List<DetectedFace> candidates, double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("not an overlap: " + threshold);
        }
        List<DetectedFace> kept = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparingDouble(DetectedFace::confidence).reversed())
                .limit(MAX_CANDIDATES)
                .forEach(candidate -> {
                    if (kept.stream().noneMatch(stronger -> stronger.overlap(candidate) > threshold)) {
                        kept.add(candidate);
                    }
                });
        return List.copyOf(kept);
    }
}
