package org.vultus.evaluation.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.onnx.ModelPack;

class IdentificationStudyTest {
    private static final EmbeddingBasis BASIS =
            ModelPack.bundled().embeddingBasis().orElseThrow();

    @Test
    void syntheticIdentitiesHaveTheCovarianceOfTheBasis() {
        SyntheticFaces faces = new SyntheticFaces(BASIS, 1);
        List<FeatureVector> some =
                IntStream.range(0, 2000).mapToObj(faces::identity).toList();
        float[] spectrum = BASIS.spectrum();
        for (int k : new int[] {0, 10, 100}) {
            float[] axis = BASIS.axis(k);
            double sum = 0;
            double squares = 0;
            for (FeatureVector face : some) {
                float[] x = face.toArray();
                double along = 0;
                for (int i = 0; i < x.length; i++) {
                    along += x[i] * axis[i];
                }
                sum += along;
                squares += along * along;
            }
            double mean = sum / some.size();
            assertThat((squares / some.size() - mean * mean) / spectrum[k]).isCloseTo(1, within(0.2));
        }
        assertThat(faces.identity(5)).isEqualTo(new SyntheticFaces(BASIS, 1).identity(5));
        assertThat(faces.identity(5).cosine(faces.identity(6))).isLessThan(0.5);
        assertThat(IntStream.range(0, 200)
                        .mapToDouble(i -> faces.identity(i).cosine(faces.view(i, 1, 0.7)))
                        .average()
                        .orElseThrow())
                .isCloseTo(0.7, within(0.05));
    }

    @Test
    void everybodyIsFoundWhoseScoreIsAboveAllOthers() {
        SyntheticFaces people = new SyntheticFaces(BASIS, 2);
        List<FeatureVector> probes = new ArrayList<>();
        List<FeatureVector> references = new ArrayList<>();
        List<FeatureVector> strangers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            references.add(people.identity(i));
            // The last ten look like nobody.
            probes.add(i < 90 ? people.view(i, 0, 0.9) : people.identity(1000 + i));
            strangers.add(people.identity(5000 + i));
        }
        OperatingPoints scale = new OperatingPoints(
                BASIS.extractor(), List.of(new OperatingPoint(1e-3, 0.34, true), new OperatingPoint(1e-5, 0.7, true)));

        List<IdentificationStudy.Size> sizes = IdentificationStudy.of(
                probes, references, strangers, new SyntheticFaces(BASIS, 3), new int[] {10, 500}, 2, scale);

        assertThat(sizes).extracting(IdentificationStudy.Size::distractors).containsExactly(10, 500);
        assertThat(sizes.get(1).meanBest()).isGreaterThan(sizes.get(0).meanBest());
        assertThat(sizes.get(1).identification().rank1()).isCloseTo(0.9, within(0.01));
        assertThat(sizes.get(1).identification().nonMatedSearches()).isEqualTo(400);
        // At N = 10 the laxer point keeps a bound of 1 %, at N = 500 only the stricter one keeps either.
        assertThat(sizes.get(0).policy().get(0).fmr()).contains(1e-3);
        assertThat(sizes.get(1).policy().get(0).fmr()).contains(1e-5);
        assertThat(sizes.get(1).policy().get(1).fmr()).isEmpty();
        assertThat(sizes.get(1).policy().get(0).measuredTpir().orElseThrow()).isCloseTo(0.9, within(0.02));
        assertThat(sizes.get(1).policy().get(0).measuredFpir().orElseThrow()).isLessThan(0.01);
    }
}
