package org.vultus.evaluation.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.liveness.PadEvidence;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.evaluation.protocol.UserError;

class PadTrainerTest {

    @Test
    void aHeadToldApartWhatOtherSourcesShowed() {
        List<Observation> seen = observations(4, 40);

        PadTrainer.Trained trained = PadTrainer.train(seen);

        int right = 0;
        for (int i = 0; i < seen.size(); i++) {
            right += trained.unseen()[i] > 0 == seen.get(i).live() ? 1 : 0;
        }
        assertThat((double) right / seen.size()).isGreaterThan(0.95);
        assertThat(trained.head().score(evidence(true, 0, new Random(77))).bonaFide())
                .isGreaterThan(0.5);
        assertThat(trained.head().score(evidence(false, 0, new Random(77))).bonaFide())
                .isLessThan(0.5);
    }

    @Test
    void trainingTwiceGivesOneHead() {
        assertThat(PadTrainer.train(observations(3, 20)).head())
                .isEqualTo(PadTrainer.train(observations(3, 20)).head());
    }

    @Test
    void twoSourcesAreTooFew() {
        assertThatThrownBy(() -> PadTrainer.train(observations(2, 20)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("three sources");
    }

    /** At the minimum the gradient is nought: with the bias free, the mean prediction is the share of positives. */
    @Property(tries = 20, seed = "3")
    void theMeanPredictionOfARegressionIsTheShareOfPositives(@ForAll Random random) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        int positives = 0;
        for (int i = 0; i < 60; i++) {
            boolean positive = i < 2 || (i > 3 && random.nextBoolean());
            positives += positive ? 1 : 0;
            rows.add(new LogisticRegression.Row(
                    new double[] {random.nextGaussian() * 100, random.nextGaussian() + (positive ? 1 : 0), 7},
                    positive,
                    1));
        }
        PadHead found = LogisticRegression.fit(rows, 0.01);

        double mean = rows.stream()
                .mapToDouble(r -> 1
                        / (1
                                + Math.exp(-found.score(new PadEvidence(r.values()))
                                        .logOdds())))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(positives / 60.0, within(1e-4));
        assertThat(found.weights()[2]).isZero();
    }

    @Test
    void calibrationRefusesTheShareThatWasAskedFor() {
        PadHead head = PadTrainer.train(observations(3, 30)).head();
        List<Observation> site =
                observations(1, 400).stream().filter(Observation::live).toList();

        PadHead moved = head.shifted(PadCalibrateCommand.shift(head, site, 0.05));

        long refused = site.stream()
                .filter(o -> moved.score(o.evidence()).bonaFide() < PassivePad.SIGN_IN.threshold())
                .count();
        assertThat(refused).isEqualTo(20);
    }

    @Test
    void tooFewFramesCannotShowARate() {
        PadHead head = PadTrainer.train(observations(3, 30)).head();
        assertThatThrownBy(() -> PadCalibrateCommand.shift(head, observations(1, 50), 0.01))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("300");
    }

    @Test
    void aValueFarOutCountsNoMoreThanOneAtTheBound() {
        PadHead head = new PadHead(new double[] {10}, new double[] {0.5}, new double[] {2}, 0.25);

        assertThat(head.score(new PadEvidence(11)).logOdds()).isCloseTo(1.25, within(1e-9));
        assertThat(head.score(new PadEvidence(12)).logOdds()).isCloseTo(2.25, within(1e-9));
        assertThat(head.score(new PadEvidence(1e9)).logOdds()).isCloseTo(2.25, within(1e-9));
        assertThat(head.score(new PadEvidence(-1e9)).logOdds()).isCloseTo(-1.75, within(1e-9));
        assertThat(head.stretched(2).shifted(1).score(new PadEvidence(11)).logOdds())
                .isCloseTo(3.5, within(1e-9));
        assertThatThrownBy(() -> head.score(new PadEvidence(1, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void calibrationFindsTheLogOddsOfScores() {
        // Of ten scores of 1 nine are live, of ten of -1 one is: log-odds of ±log 9.
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double score = i < 10 ? 1 : -1;
            rows.add(new LogisticRegression.Row(new double[] {score}, i < 9 || i == 19, 1));
        }
        double[] scale = LogisticRegression.calibrate(rows);
        assertThat(scale[0]).isCloseTo(Math.log(9), within(1e-4));
        assertThat(scale[1]).isCloseTo(0, within(1e-4));
    }

    @Test
    void imagesAreChosenEvenly() {
        List<String> files = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        assertThat(Extraction.evenly(files, 5)).containsExactly("0", "2", "4", "6", "8");
        assertThat(Extraction.evenly(files, 20)).isEqualTo(files);
    }

    /** So many of each class of each source. */
    private static List<Observation> observations(int sources, int each) {
        List<Observation> all = new ArrayList<>();
        for (int s = 0; s < sources; s++) {
            Random random = new Random(s);
            for (int i = 0; i < each; i++) {
                all.add(new Observation("s" + s, true, Observation.Look.PLAIN, evidence(true, s, random)));
                all.add(new Observation("s" + s, false, Observation.Look.PLAIN, evidence(false, s, random)));
            }
        }
        return all;
    }

    /** One value tells the classes apart, another the sources. */
    private static PadEvidence evidence(boolean live, int source, Random random) {
        double sign = live ? 1 : -1;
        return new PadEvidence(
                1.5 * sign + random.nextGaussian() * 0.7,
                source,
                random.nextGaussian(),
                1.5 * sign + random.nextGaussian() * 0.7,
                -source);
    }
}
