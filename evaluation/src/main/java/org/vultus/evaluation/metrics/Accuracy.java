package org.vultus.evaluation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
     * @param scores one for each pair, in the order of the list
     * @param mated whether the pair shows one person
     */
    public static Accuracy of(double[] scores, boolean[] mated) {
        int[] fold = folds(mated);
        int count = Arrays.stream(fold).max().orElseThrow() + 1;
        double[] accuracy = new double[count];
        for (int f = 0; f < count; f++) {
            double threshold = bestThreshold(scores, mated, fold, f);
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

    /** The threshold with the most right decisions outside fold {@code left}; the middle of the lowest such gap. */
    private static double bestThreshold(double[] scores, boolean[] mated, int[] fold, int left) {
        Integer[] order = IntStream.range(0, scores.length)
                .filter(i -> fold[i] != left || single(fold))
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .toArray(Integer[]::new);
        // At the lowest threshold everything matches; raising it past a score turns that pair into a non-match.
        int right = (int) Arrays.stream(order).filter(i -> mated[i]).count();
        int best = right;
        double first = Double.NEGATIVE_INFINITY;
        double last = order.length == 0 ? 0 : scores[order[0]];
        for (int i = 0; i < order.length; i++) {
            right += mated[order[i]] ? -1 : 1;
            double here = scores[order[i]];
            double next = i + 1 < order.length ? scores[order[i + 1]] : Math.nextUp(here);
            if (next == here) {
                continue;
            }
            if (right > best) {
                best = right;
                first = here;
                last = next;
            }
        }
        return Double.isInfinite(first) ? last : (first + last) / 2;
    }

    private static boolean single(int[] fold) {
        return Arrays.stream(fold).allMatch(f -> f == 0);
    }
}
