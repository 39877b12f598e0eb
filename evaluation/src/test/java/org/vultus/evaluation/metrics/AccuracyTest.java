package org.vultus.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void theBlocksOfLfwAreFolds(int blocks) {
        int[] folds = Accuracy.folds(lfw(blocks));

        assertThat(folds).hasSize(600 * blocks);
        for (int i = 0; i < folds.length; i++) {
            assertThat(folds[i]).isEqualTo(i / 600);
        }
    }

    @Test
    void anyOtherListIsDealtIntoTenEvenFoldsAlwaysTheSame() {
        boolean[] mated = lfw(3);
        mated[0] = false; // no block begins here

        int[] folds = Accuracy.folds(mated);

        assertThat(folds).isEqualTo(Accuracy.folds(mated.clone()));
        for (int f = 0; f < 10; f++) {
            int fold = f;
            assertThat(IntStream.range(0, folds.length).filter(i -> folds[i] == fold && mated[i]))
                    .hasSizeBetween(89, 90);
            assertThat(IntStream.range(0, folds.length).filter(i -> folds[i] == fold && !mated[i]))
                    .hasSizeBetween(90, 91);
        }
        // Dealt at random: no fold is a run of the list.
        assertThat(Arrays.copyOf(folds, 50))
                .isNotEqualTo(IntStream.range(0, 50).map(i -> i % 10).toArray());
    }

    @Test
    void pairsByTurnsAreNotAThousandFolds() {
        boolean[] mated = new boolean[2000];
        for (int i = 0; i < mated.length; i += 2) {
            mated[i] = true;
        }
        assertThat(Arrays.stream(Accuracy.folds(mated)).max()).hasValue(9);
    }

    @Test
    void mostlyOneKindIsStillDealtWithoutEmptyFolds() {
        assertThat(Accuracy.folds(new boolean[] {true, false, false, true})).containsExactlyInAnyOrder(0, 0, 1, 1);
        assertThat(Accuracy.folds(new boolean[] {true, false})).containsExactly(0, 0);
    }

    @Test
    void separatedScoresAreAllRight() {
        boolean[] mated = lfw(10);
        assertThat(Accuracy.of(scores(mated, 0.7, 0.1), mated)).isEqualTo(new Accuracy(1, 0, 10));
        assertThat(Accuracy.of(new double[] {0.7, 0.1}, new boolean[] {true, false}))
                .isEqualTo(new Accuracy(1, 0, 1));
    }

    @Test
    void invertedScoresDoNoBetterThanOneAnswerForAll() {
        boolean[] mated = lfw(10);
        // Best is to say always the same, which is right for every second pair.
        assertThat(Accuracy.of(scores(mated, 0.1, 0.7), mated)).isEqualTo(new Accuracy(0.5, 0, 10));
    }

    @Test
    void whatCouldNotBeComparedNeverMatches() {
        // Nearly everything is mated, so that the best threshold lets everything match: but not these.
        boolean[] mated = oneInTen(false);
        double[] scores = new double[100];
        Arrays.fill(scores, 0.5);
        assertThat(Accuracy.of(scores, mated).mean()).isCloseTo(0.9, within(1e-12));

        Arrays.fill(scores, 1, 5, ErrorRates.FAILED);

        assertThat(Accuracy.of(scores, mated).mean()).isCloseTo(0.86, within(1e-12));
    }

    @Test
    void theBestThresholdMayLieAboveEveryScore() {
        boolean[] mated = oneInTen(true);
        double[] scores = new double[100];
        Arrays.fill(scores, 0.5);
        assertThat(Accuracy.of(scores, mated).mean()).isCloseTo(0.9, within(1e-12));
    }

    private static boolean[] oneInTen(boolean kind) {
        boolean[] mated = new boolean[100];
        for (int i = 0; i < mated.length; i++) {
            mated[i] = (i % 10 == 0) == kind;
        }
        return mated;
    }

    @Property(tries = 60, seed = "20261121")
    void everyFoldIsJudgedAtAThresholdThatIsBestElsewhere(@ForAll Random random) {
        boolean[] mated = new boolean[20 + random.nextInt(40)];
        double[] scores = new double[mated.length];
        for (int i = 0; i < mated.length; i++) {
            mated[i] = i % 3 == 0;
            double score = Math.round(10 * (random.nextGaussian() * 0.3 + (mated[i] ? 0.5 : 0))) / 10.0;
            scores[i] = random.nextInt(10) == 0 ? ErrorRates.FAILED : Math.clamp(score, -1, 1);
        }
        int[] fold = Accuracy.folds(mated);
        int folds = Arrays.stream(fold).max().orElseThrow() + 1;

        double sum = 0;
        for (int f = 0; f < folds; f++) {
            int left = f;
            int[] others =
                    IntStream.range(0, fold.length).filter(i -> fold[i] != left).toArray();
            int[] own =
                    IntStream.range(0, fold.length).filter(i -> fold[i] == left).toArray();
            double best = -1;
            for (double threshold : between(scores, others)) {
                if (right(scores, mated, others, threshold) > right(scores, mated, others, best)) {
                    best = threshold;
                }
            }
            sum += (double) right(scores, mated, own, best) / own.length;
        }
        assertThat(Accuracy.of(scores, mated).folds()).isEqualTo(folds);
        assertThat(Accuracy.of(scores, mated).mean()).isCloseTo(sum / folds, within(1e-12));
    }

    /** Every threshold in the middle between two scores, and one above all. */
    private static double[] between(double[] scores, int[] which) {
        double[] distinct = Arrays.stream(which)
                .mapToDouble(i -> scores[i])
                .filter(s -> s != ErrorRates.FAILED)
                .distinct()
                .sorted()
                .toArray();
        double[] between = new double[distinct.length];
        Arrays.setAll(between, i -> i + 1 < distinct.length ? (distinct[i] + distinct[i + 1]) / 2 : 2);
        return between;
    }

    private static long right(double[] scores, boolean[] mated, int[] which, double threshold) {
        return Arrays.stream(which)
                .filter(i -> (scores[i] >= threshold) == mated[i])
                .count();
    }

    private static boolean[] lfw(int blocks) {
        boolean[] mated = new boolean[600 * blocks];
        for (int i = 0; i < mated.length; i++) {
            mated[i] = i % 600 < 300;
        }
        return mated;
    }

    private static double[] scores(boolean[] mated, double one, double two) {
        double[] scores = new double[mated.length];
        Arrays.setAll(scores, i -> mated[i] ? one : two);
        return scores;
    }
}
