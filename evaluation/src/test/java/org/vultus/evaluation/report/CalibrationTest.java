package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.ModelPackException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On synthetic people: directions drawn evenly from a sphere, each seen several times with a little noise. */
class CalibrationTest {
    private static final ExtractorId EXTRACTOR = ModelPack.bundled().extractor();

    @Test
    void thresholdsAreThoseOfTheScoresCountedOneByOne() {
        Sample sample = Sample.of(60, 3, 32);
        Calibration calibration = Calibration.of("synthetic", sample.features, sample.person);
        ErrorRates errors = sample.errors();

        assertThat(calibration.images()).isEqualTo(180);
        assertThat(calibration.people()).isEqualTo(60);
        assertThat(calibration.mated().comparisons()).isEqualTo(60 * 3);
        assertThat(calibration.nonMated().comparisons()).isEqualTo(180 * 179 / 2 - 180);
        assertThat(calibration.points().getFirst().fmr()).isEqualTo(1e-2);
        for (Calibration.Point point : calibration.points()) {
            // 15,930 comparisons show 1e-3 but not 1e-4.
            assertThat(point.demonstrated()).isEqualTo(point.fmr() >= 1e-3);
            if (point.demonstrated()) {
                double exact = errors.atFmr(point.fmr()).orElseThrow().threshold();
                assertThat(point.threshold()).isBetween(exact, exact + 1.0001e-5);
                assertThat(errors.fmr(point.threshold())).isLessThanOrEqualTo(point.fmr());
                assertThat(point.fnmr()).isCloseTo(errors.fnmr(point.threshold()), within(1e-12));
            }
        }
        // From 0.1 to 3 in 15,930 comparisons.
        assertThat(calibration.det())
                .hasSizeBetween(20, 22)
                .allSatisfy(cost -> assertThat(cost.fmr()).isBetween(0.00018, 0.1))
                .extracting(Calibration.Cost::fmr)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(calibration.det()).extracting(Calibration.Cost::fnmr).isSorted();
        assertThat(calibration.points())
                .extracting(Calibration.Point::threshold)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theFileIsWhatAModelPackReads(@TempDir Path folder) throws IOException {
        Sample sample = Sample.of(60, 3, 32);
        Calibration calibration = Calibration.of("synthetic", sample.features, sample.person);
        try (InputStream manifest =
                Objects.requireNonNull(ModelPack.class.getResourceAsStream("/org/vultus/models/model-pack.yaml"))) {
            Files.copy(manifest, folder.resolve("model-pack.yaml"));
        }
        Files.writeString(folder.resolve("operating-points.json"), Json.write(calibration));

        List<OperatingPoint> read =
                ModelPack.open(folder).operatingPoints().orElseThrow().points();

        assertThat(read)
                .isEqualTo(calibration.points().stream()
                        .map(p -> new OperatingPoint(p.fmr(), p.threshold(), p.demonstrated()))
                        .toList());
        assertThat(read).hasSize(5);

        Files.write(
                folder.resolve(ModelPack.EMBEDDING_BASIS), calibration.basis().write());
        assertThat(ModelPack.open(folder).embeddingBasis().orElseThrow().spectrum())
                .isEqualTo(calibration.embedding().spectrum());

        byte[] foreign = calibration.basis().write();
        foreign[20]++;
        Files.write(folder.resolve(ModelPack.EMBEDDING_BASIS), foreign);
        assertThatThrownBy(() -> ModelPack.open(folder))
                .isInstanceOf(ModelPackException.class)
                .hasMessageContaining("it was measured with the extractor");
    }

    @Test
    void theFileTellsWhatWasMeasured() {
        Sample sample = Sample.of(20, 2, 8);
        JsonNode json =
                JsonMapper.shared().readTree(Json.write(Calibration.of("a site", sample.features, sample.person)));

        assertThat(json.propertyNames())
                .containsExactly(
                        "format",
                        "extractor_sha256",
                        "source",
                        "people",
                        "images",
                        "operating_points",
                        "det",
                        "mated",
                        "non_mated",
                        "embedding");
        assertThat(json.get("extractor_sha256").stringValue()).isEqualTo(EXTRACTOR.sha256());
        assertThat(json.at("/non_mated/comparisons").longValue()).isEqualTo(40 * 39 / 2 - 20);
        assertThat(json.at("/embedding/mean")).hasSize(8);
        assertThat(json.at("/embedding/covariance_spectrum")).hasSize(8);
    }

    @Test
    void theSpectrumFallsAndSumsToTheVariance() {
        Sample sample = Sample.of(400, 1, 24);
        sample.features.add(sample.features.getFirst()); // one mated pair
        int[] person = Arrays.copyOf(sample.person, 401);
        Calibration.Embedding embedding =
                Calibration.of("x", sample.features, person).embedding();

        float[] spectrum = embedding.spectrum();
        for (int i = 1; i < spectrum.length; i++) {
            assertThat(spectrum[i]).isLessThanOrEqualTo(spectrum[i - 1]);
        }
        // Of vectors of unit length the variance and the squared mean make one.
        double total = 0;
        for (float v : spectrum) {
            total += v;
        }
        for (float m : embedding.mean()) {
            total += (double) m * m;
        }
        assertThat(total).isCloseTo(1, within(1e-5));
        // Even in every direction, but for what 400 draws can tell.
        assertThat(embedding.effectiveDimension()).isBetween(21.0, 24.0);
    }

    @Test
    void flatFeaturesHaveTheDimensionOfTheirPlane() {
        Sample sample = Sample.of(400, 2, 24);
        List<FeatureVector> flat = sample.features.stream()
                .map(f -> {
                    float[] values = f.toArray();
                    Arrays.fill(values, 4, 24, 0);
                    return FeatureVector.normalised(EXTRACTOR, values);
                })
                .toList();

        assertThat(Calibration.of("x", flat, sample.person).embedding().effectiveDimension())
                .isBetween(3.8, 4.0);
    }

    @Test
    void aSampleThatShowsNothingIsRefused() {
        Sample few = Sample.of(12, 2, 8); // 264 non-mated comparisons
        assertThatThrownBy(() -> Calibration.of("x", few.features, few.person))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("12 comparisons of one person and 264 of two people")
                .hasMessageContaining("300");
        Sample single = Sample.of(40, 1, 8);
        assertThatThrownBy(() -> Calibration.of("x", single.features, single.person))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("0 comparisons of one person");
    }

    private record Sample(List<FeatureVector> features, int[] person) {

        static Sample of(int people, int images, int dimension) {
            Random random = new Random(19);
            List<FeatureVector> features = new ArrayList<>();
            int[] person = new int[people * images];
            for (int p = 0; p < people; p++) {
                float[] centre = new float[dimension];
                for (int d = 0; d < dimension; d++) {
                    centre[d] = (float) random.nextGaussian();
                }
                for (int i = 0; i < images; i++) {
                    float[] seen = centre.clone();
                    for (int d = 0; images > 1 && d < dimension; d++) {
                        seen[d] += (float) (0.8 * random.nextGaussian());
                    }
                    person[features.size()] = p;
                    features.add(FeatureVector.normalised(EXTRACTOR, seen));
                }
            }
            return new Sample(features, person);
        }

        ErrorRates errors() {
            List<Double> mated = new ArrayList<>();
            List<Double> nonMated = new ArrayList<>();
            for (int i = 0; i < person.length; i++) {
                for (int j = 0; j < i; j++) {
                    (person[i] == person[j] ? mated : nonMated)
                            .add(features.get(i).cosine(features.get(j)));
                }
            }
            return new ErrorRates(
                    mated.stream().mapToDouble(s -> s).toArray(),
                    nonMated.stream().mapToDouble(s -> s).toArray());
        }
    }
}
