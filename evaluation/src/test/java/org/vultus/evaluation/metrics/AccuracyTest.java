package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void blocksOfMatedAndNonMatedPairsAreFolds() {
        assertThat(Accuracy.folds(kinds(2, 2, 2, 2, 2, 2))).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(Arrays.stream(Accuracy.folds(lfw(10))).max()).hasValue(9);
        assertThat(Accuracy.folds(lfw(10))[600]).isEqualTo(1);
    }

    @Test
    void otherListsAreDealtIntoTenEvenFolds() {
        for (boolean[] list : new boolean[][] {
            kinds(100, 100), // one block is no fold structure
            kinds(30, 30, 30, 20, 30), // unequal
            kinds(0, 20, 20, 20, 20) // begins with the non-mated
        }) {
            int[] fold = Accuracy.folds(list);
            for (boolean kind : new boolean[] {true, false}) {
                long[] sizes = IntStream.range(0, 10)
                        .mapToLong(f -> IntStream.range(0, list.length)
                                .filter(i -> list[i] == kind && fold[i] == f)
                                .count())
                        .toArray();
                assertThat(Arrays.stream(sizes).max().orElseThrow()
                                - Arrays.stream(sizes).min().orElseThrow())
                        .as("sizes of the folds, mated: %s", kind)
                        .isLessThanOrEqualTo(1);
            }
            assertThat(Accuracy.folds(list)).as("dealt the same way each time").isEqualTo(fold);
        }
    }

    @Test
    void fewPairsLeaveNoFoldEmpty() {
        assertThat(Accuracy.of(new double[] {0.9, 0.1, 0.8}, new boolean[] {true, false, true})
                        .folds())
                .isEqualTo(2);
    }

    @Test
    void aFoldIsJudgedAtTheThresholdOfTheOthers() {
        // Each fold alone can be split without error, but at 0.55 and at 0.2: the other's threshold costs one of two.
        Accuracy accuracy = Accuracy.of(new double[] {0.6, 0.5, 0.3, 0.1}, kinds(1, 1, 1, 1));

        assertThat(accuracy).isEqualTo(new Accuracy(0.5, 0, 2));
    }

    @Test
    void aPairThatFailedIsANonMatch() {
        double[] scores = {0.9, ErrorRates.FAILED, ErrorRates.FAILED, 0.1, 0.9, 0.9, 0.1, 0.1};

        Accuracy accuracy = Accuracy.of(scores, kinds(2, 2, 2, 2));

        assertThat(accuracy.mean()).isCloseTo((3 / 4.0 + 1) / 2, within(1e-12));
        assertThat(accuracy.standardDeviation()).isCloseTo(Math.sqrt(2) / 8, within(1e-12));
    }

    @Test
    void pairsThatAllFailedAreNotTakenForMatches() {
        double[] scores = new double[8];
        Arrays.fill(scores, ErrorRates.FAILED);

        assertThat(Accuracy.of(scores, kinds(2, 2, 2, 2)).mean()).isEqualTo(0.5);
    }

    @Property(tries = 200)
    void itIsWhatABruteSearchFinds(
            @ForAll @IntRange(min = 1, max = 6) int block,
            @ForAll @IntRange(min = 2, max = 4) int folds,
            @ForAll @IntRange(min = 2, max = 12) int levels,
            @ForAll long seed) {
        Random random = new Random(seed);
        boolean[] mated =
                kinds(IntStream.generate(() -> block).limit(2L * folds).toArray());
        double[] scores = DoubleStream.generate(() -> (double) random.nextInt(levels) / levels)
                .limit(mated.length)
                .toArray();

        assertThat(Accuracy.of(scores, mated).mean()).isCloseTo(brute(scores, mated, 2 * block), within(1e-12));
    }

    private static double brute(double[] scores, boolean[] mated, int size) {
        double sum = 0;
        int folds = scores.length / size;
        for (int f = 0; f < folds; f++) {
            int from = f * size;
            double[] others = IntStream.range(0, scores.length)
                    .filter(i -> i < from || i >= from + size)
                    .mapToDouble(i -> scores[i])
                    .sorted()
                    .distinct()
                    .toArray();
            double best = -1;
            long most = -1;
            for (int k = -1; k < others.length; k++) {
                double threshold =
                        k < 0 ? -1 : k + 1 < others.length ? (others[k] + others[k + 1]) / 2 : Math.nextUp(others[k]);
                long right = IntStream.range(0, scores.length)
                        .filter(i -> (i < from || i >= from + size) && (scores[i] >= threshold) == mated[i])
                        .count();
                if (right > most) {
                    most = right;
                    best = threshold;
                }
            }
            double chosen = best;
            sum += (double) IntStream.range(from, from + size)
                            .filter(i -> (scores[i] >= chosen) == mated[i])
                            .count()
                    / size;
        }
        return sum / folds;
    }

    /** The given numbers of mated, non-mated, mated … pairs. */
    private static boolean[] kinds(int... runs) {
        boolean[] kinds = new boolean[Arrays.stream(runs).sum()];
        int at = 0;
        for (int r = 0; r < runs.length; r++) {
            Arrays.fill(kinds, at, at + runs[r], r % 2 == 0);
            at += runs[r];
        }
        return kinds;
    }

    private static boolean[] lfw(int folds) {
        return kinds(IntStream.generate(() -> 300).limit(2L * folds).toArray());
    }
}
