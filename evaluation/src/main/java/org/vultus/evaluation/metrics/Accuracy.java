package org.vultus.evaluation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Verification accuracy by cross-validation: each fold is judged at the threshold that does best on all other folds (Huang et
 * al., "Labeled Faces in the Wild", 2007, "image-restricted" protocol).
 *
 * @param mean the mean accuracy over the folds
 * @param standardDeviation over the folds
 * @param folds how many there were
 */
public record Accuracy(double mean, double standardDeviation, int folds) {

    private static final int DEFAULT_FOLDS = 10;

    /** Folds are drawn with this seed where the list does not define them. */
    private static final long SEED = 19795;

    /**
     * @param scores one for each pair, in the order of the list; {@link ErrorRates#FAILED} never matches
     * @param mated whether the pair shows one person
     */
    public static Accuracy of(double[] scores, boolean[] mated) {
        int[] fold = folds(mated);
        int count = Arrays.stream(fold).max().orElseThrow() + 1;
        double[] ladder = Arrays.stream(scores)
                .filter(s -> s != ErrorRates.FAILED)
                .sorted()
                .distinct()
                .toArray();
        int[] rung = new int[scores.length];
        Arrays.parallelSetAll(rung, i -> Arrays.binarySearch(ladder, scores[i]));
        double[] accuracy = new double[count];
        for (int f = 0; f < count; f++) {
            // A list too short for two folds is judged at its own best threshold.
            double threshold = bestThreshold(ladder, rung, mated, fold, count == 1 ? -1 : f);
            int right = 0;
            int all = 0;
            for (int i = 0; i < scores.length; i++) {
                if (fold[i] == f) {
                    all++;
                    right += (scores[i] >= threshold) == mated[i] ? 1 : 0;
                }
            }
            accuracy[f] = (double) right / all;
        }
        double mean = Arrays.stream(accuracy).average().orElseThrow();
        double variance =
                Arrays.stream(accuracy).map(a -> (a - mean) * (a - mean)).sum() / Math.max(1, count - 1);
        return new Accuracy(mean, Math.sqrt(variance), count);
    }

    /**
     * The fold of each pair. A list in the order of LFW is n mated pairs, n non-mated pairs, and so on, for two to ten such
     * blocks: each is a fold. Any other list is dealt into ten folds at random, mated and non-mated pairs evenly, by a fixed
     * seed.
     */
    static int[] folds(boolean[] mated) {
        List<Integer> runs = new ArrayList<>();
        for (int i = 0, start = 0; i < mated.length; i++) {
            if (i + 1 == mated.length || mated[i + 1] != mated[i]) {
                runs.add(i + 1 - start);
                start = i + 1;
            }
        }
        boolean blocks = mated.length > 0
                && mated[0]
                && runs.size() >= 4
                && runs.size() <= 2 * DEFAULT_FOLDS
                && runs.size() % 2 == 0
                && runs.stream().distinct().count() == 1;
        int[] fold = new int[mated.length];
        if (blocks) {
            Arrays.setAll(fold, i -> i / (2 * runs.getFirst()));
            return fold;
        }
        Random random = new Random(SEED);
        for (boolean kind : new boolean[] {true, false}) {
            int[] of = IntStream.range(0, mated.length)
                    .filter(i -> mated[i] == kind)
                    .toArray();
            for (int i = of.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int drawn = of[other];
                of[other] = of[i];
                of[i] = drawn;
            }
            for (int i = 0; i < of.length; i++) {
                fold[of[i]] = i % DEFAULT_FOLDS;
            }
        }
        return compacted(fold);
    }

    /** Numbers without gaps: a list of fewer than ten pairs leaves some of the ten folds empty. */
    private static int[] compacted(int[] fold) {
        int[] used = Arrays.stream(fold).distinct().sorted().toArray();
        return Arrays.stream(fold).map(f -> Arrays.binarySearch(used, f)).toArray();
    }

    /**
     * The threshold with the most right decisions outside fold {@code left}: the middle of the lowest such gap between two
     * scores. Counts on primitive arrays, for there may be tens of millions of comparisons.
     *
     * @param ladder all distinct scores, ascending
     * @param rung for each pair the place of its score on the ladder; negative where it failed
     */
    private static double bestThreshold(double[] ladder, int[] rung, boolean[] mated, int[] fold, int left) {
        // At −1 everything matches; raising the threshold past a score turns its pairs into non-matches.
        int[] gains = new int[ladder.length];
        boolean[] present = new boolean[ladder.length];
        for (int i = 0; i < rung.length; i++) {
            if (fold[i] != left && rung[i] >= 0) {
                present[rung[i]] = true;
                gains[rung[i]] += mated[i] ? -1 : 1;
            }
        }
        double threshold = -1;
        int gain = 0;
        int best = 0;
        for (int i = 0; i < ladder.length; i++) {
            gain += gains[i];
            if (present[i] && gain > best) {
                best = gain;
                threshold = middle(ladder, present, i);
            }
        }
        return threshold;
    }

    /** Half way from score {@code i} to the next one that is present, or just above it where it is the last. */
    private static double middle(double[] ladder, boolean[] present, int i) {
        int next = i + 1;
        while (next < ladder.length && !present[next]) {
            next++;
        }
        double above = next < ladder.length ? ladder[next] : Math.nextUp(ladder[i]);
        double middle = (ladder[i] + above) / 2;
        // The middle of two neighbouring numbers is rounded to one of them.
        return middle > ladder[i] ? middle : above;
    }
}
