package org.vultus.evaluation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Verification accuracy by cross-validation: each fold is judged at the threshold that does best on all other folds (Huang et
 * al., "Labeled Faces in the Wild", 2007, "image-restricted" protocol). A comparison that could not be made
 * ({@link ErrorRates#FAILED}) is a non-match at any threshold.
 *
 * @param mean the mean accuracy over the folds
 * @param standardDeviation over the folds; 0 for a single fold
 * @param folds how many there were
 */
public record Accuracy(double mean, double standardDeviation, int folds) {

    private static final int DEFAULT_FOLDS = 10;

    /** Folds are drawn with this seed where the list does not define them. */
    private static final long SEED = 19795;

    /**
     * @param scores one for each pair, in the order of the list
     * @param mated whether the pair shows one person
     */
    public static Accuracy of(double[] scores, boolean[] mated) {
        int[] fold = folds(mated);
        int count = Arrays.stream(fold).max().orElseThrow() + 1;
        double[] ladder = Arrays.stream(scores).sorted().distinct().toArray();
        int[] rung = new int[scores.length];
        Arrays.parallelSetAll(rung, i -> Arrays.binarySearch(ladder, scores[i]));
        double[] accuracy = new double[count];
        for (int f = 0; f < count; f++) {
            // The only fold there is can but be judged at its own threshold.
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
     * The fold of each pair. A list in the order of LFW is n mated pairs, n non-mated pairs, and so on: each such block is a
     * fold. Any other list is dealt into ten folds at random, mated and non-mated pairs evenly, by a fixed seed.
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
     * The threshold with the most right decisions outside fold {@code left}: the middle of the lowest gap between scores that
     * gives them.
     *
     * @param ladder all distinct scores, ascending
     * @param rung for each pair the place of its score on the ladder
     */
    private static double bestThreshold(double[] ladder, int[] rung, boolean[] mated, int[] fold, int left) {
        int[] change = new int[ladder.length];
        boolean[] seen = new boolean[ladder.length];
        int right = 0;
        for (int i = 0; i < rung.length; i++) {
            if (fold[i] != left) {
                seen[rung[i]] = true;
                // At the lowest threshold everything matches; raising it past a score turns that pair into a non-match.
                change[rung[i]] += mated[i] ? -1 : 1;
                right += mated[i] ? 1 : 0;
            }
        }
        int first = ladder[0] == ErrorRates.FAILED ? 1 : 0;
        // No cosine lies below −1, so this is the threshold that only failed comparisons do not reach.
        double threshold = -1;
        int best = first == 1 ? right + change[0] : right;
        right = best;
        for (int i = first; i < ladder.length; i++) {
            if (!seen[i]) {
                continue;
            }
            right += change[i];
            if (right > best) {
                best = right;
                int next = i + 1;
                while (next < ladder.length && !seen[next]) {
                    next++;
                }
                threshold = next < ladder.length ? (ladder[i] + ladder[next]) / 2 : Math.nextUp(ladder[i]);
            }
        }
        return threshold;
    }
}
