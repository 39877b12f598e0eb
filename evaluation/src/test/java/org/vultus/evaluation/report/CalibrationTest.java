package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.evaluation.SyntheticProbes;
import org.vultus.evaluation.metrics.ErrorRates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CalibrationTest {
    private static final int PEOPLE = 300;
    private static final int DIMENSION = 64;

    private static final List<FeatureVector> features = new ArrayList<>();
    private static int[] person = {};
    private static Calibration calibration;

    @BeforeAll
    static void calibrate() {
        person = IntStream.range(0, 2 * PEOPLE).map(i -> i / 2).toArray();
        for (int i = 0; i < person.length; i++) {
            features.add(SyntheticProbes.features(person[i], i, DIMENSION, 0.5));
        }
        calibration = Calibration.of("people who do not exist", features, person);
    }

    @Test
    void thresholdsAreThoseOfEveryComparison() {
        double[] nonMated = scores(false);
        double[] mated = scores(true);
        ErrorRates exact = new ErrorRates(mated, nonMated);

        assertThat(calibration.nonMated().comparisons()).isEqualTo(nonMated.length);
        assertThat(calibration.mated().comparisons()).isEqualTo(PEOPLE);
        assertThat(calibration.nonMated().mean())
                .isCloseTo(DoubleStream.of(nonMated).average().orElseThrow(), within(1e-8));
        for (Calibration.Point point : calibration.points()) {
            if (point.demonstrated()) {
                assertThat(exact.fmr(point.threshold())).isLessThanOrEqualTo(point.fmr());
                assertThat(exact.atFmr(point.fmr()).orElseThrow().threshold())
                        .isCloseTo(point.threshold(), within(1.1e-5));
                assertThat(point.fnmr()).isCloseTo(exact.fnmr(point.threshold()), within(1e-9));
            }
        }
    }

    @Test
    void ratesBeyondTheSampleAreMarkedAndContinued() {
        // 179,400 non-mated comparisons: enough for 1e-4 (30,000 are needed) and not for 1e-5.
        assertThat(calibration.points())
                .extracting(Calibration.Point::fmr)
                .containsExactly(1e-2, 1e-3, 1e-4, 1e-5, 1e-6);
        assertThat(calibration.points())
                .extracting(Calibration.Point::demonstrated)
                .containsExactly(true, true, true, false, false);
        assertThat(calibration.points()).isSortedAccordingTo((a, b) -> Double.compare(a.threshold(), b.threshold()));
        // Cosines of random directions in 64 dimensions: standard deviation 1/8, 1e-5 near 4.2 of them, less the bound
        // at 1.
        assertThat(calibration.points().get(3).threshold()).isBetween(0.44, 0.58);
    }

    @Test
    void theSpectrumIsThatOfTheFeatures() {
        Calibration.Embedding embedding = calibration.embedding();

        // Unit vectors in all directions alike: each eigenvalue near 1/64, all together 1 less the squared mean.
        double sum = 0;
        for (float value : embedding.spectrum()) {
            sum += value;
        }
        double square = 0;
        for (float value : embedding.mean()) {
            square += (double) value * value;
        }
        assertThat(embedding.spectrum()).hasSize(DIMENSION);
        assertThat(sum).isCloseTo(1 - square, within(1e-5));
        assertThat(embedding.effectiveDimension()).isBetween(50.0, 64.0);
        for (int i = 1; i < DIMENSION; i++) {
            assertThat(embedding.spectrum()[i]).isLessThanOrEqualTo(embedding.spectrum()[i - 1]);
        }
    }

    @Test
    void aFlatSpaceHasFewDimensions() {
        Random random = new Random(3);
        List<FeatureVector> flat = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] values = new double[32];
            values[4] = random.nextGaussian();
            values[20] = random.nextGaussian();
            flat.add(SyntheticProbes.features(values));
        }

        assertThat(Calibration.of(
                                "flat",
                                flat,
                                IntStream.range(0, 400).map(i -> i / 2).toArray())
                        .embedding()
                        .effectiveDimension())
                .isCloseTo(2, within(0.05));
    }

    @Test
    void theOrderOfThreadsLeavesNoTrace() {
        assertThat(Json.write(Calibration.of("people who do not exist", features, person)))
                .isEqualTo(Json.write(calibration));
    }

    @Test
    void theFileHasTheKeysThatModelPacksRead() {
        JsonNode json = JsonMapper.shared().readTree(Json.write(calibration));

        assertThat(json.get("format").asInt()).isEqualTo(1);
        assertThat(json.get("extractor_sha256").asString()).isEqualTo(SyntheticProbes.EXTRACTOR.sha256());
        assertThat(json.get("operating_points").get(0).propertyNames())
                .containsExactly("fmr", "threshold", "demonstrated", "fnmr");
        assertThat(json.get("non_mated").get("comparisons").asLong()).isEqualTo(179_400);
        assertThat(json.get("embedding").propertyNames())
                .containsExactly("mean", "covariance_spectrum", "effective_dimension");
    }

    @Test
    void aHandfulOfPhotosYieldsOnlyWhatTheyCanShow() {
        assertThat(Calibration.of("few", features.subList(0, 8), new int[] {0, 0, 1, 1, 2, 2, 3, 3})
                        .points())
                .allSatisfy(point -> assertThat(point.threshold()).isBetween(-1.0, 1.0));
    }

    private static double[] scores(boolean mated) {
        return IntStream.range(0, person.length)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(0, i)
                        .filter(j -> (person[i] == person[j]) == mated)
                        .mapToDouble(j -> features.get(i).cosine(features.get(j))))
                .toArray();
    }
}
