package org.vultus.evaluation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
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
        int[] order = IntStream.range(0, scores.length)
                .filter(i -> scores[i] != ErrorRates.FAILED)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] accuracy = new double[count];
        for (int f = 0; f < count; f++) {
            int left = f;
            double threshold = bestThreshold(
                    scores,
                    mated,
                    // A list too short for two folds is judged at its own best threshold.
                    Arrays.stream(order)
                            .filter(i -> count == 1 || fold[i] != left)
                            .toArray());
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
            List<Integer> of = new ArrayList<>();
            for (int i = 0; i < mated.length; i++) {
                if (mated[i] == kind) {
                    of.add(i);
                }
            }
            Collections.shuffle(of, random);
            for (int i = 0; i < of.size(); i++) {
                fold[of.get(i)] = i % DEFAULT_FOLDS;
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
     * The threshold with the most right decisions on the pairs {@code order}, which ascend by score: the middle of the lowest
     * such gap between two scores.
     */
    private static double bestThreshold(double[] scores, boolean[] mated, int[] order) {
        // At −1 everything matches; raising the threshold past a score turns that pair into a non-match.
        double threshold = -1;
        int gain = 0;
        int best = 0;
        for (int i = 0; i < order.length; i++) {
            gain += mated[order[i]] ? -1 : 1;
            double here = scores[order[i]];
            double next = i + 1 < order.length ? scores[order[i + 1]] : Math.nextUp(here);
            if (next > here && gain > best) {
                best = gain;
                // The middle of two neighbouring numbers is rounded to one of them.
                double middle = (here + next) / 2;
                threshold = middle > here ? middle : next;
            }
        }
        return threshold;
    }
}
