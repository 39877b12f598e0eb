package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

class EmbeddingBasisTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    @Test
    void isReadAsItWasWritten() {
        EmbeddingBasis basis =
                new EmbeddingBasis(EXTRACTOR, new float[] {0.1f, -0.2f, 0}, new float[] {3, 2, 0}, new float[][] {
                    {0.6f, 0.8f, 0}, {0, 0, -1}
                });

        EmbeddingBasis read = EmbeddingBasis.read(basis.write());

        assertThat(read.extractor()).isEqualTo(EXTRACTOR);
        assertThat(read.dimension()).isEqualTo(3);
        assertThat(read.mean()).containsExactly(0.1f, -0.2f, 0);
        assertThat(read.spectrum()).containsExactly(3, 2, 0);
        assertThat(read.axes()).isEqualTo(2);
        assertThat(read.axis(0)).containsExactly(new float[] {0.6f, 0.8f, 0}, within(1e-4f));
        assertThat(read.axis(1)).containsExactly(0, 0, -1);
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] bytes = new EmbeddingBasis(EXTRACTOR, new float[2], new float[2], new float[][] {{1, 0}}).write();

        assertThatThrownBy(() -> EmbeddingBasis.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length");
        assertThatThrownBy(() -> EmbeddingBasis.read(new byte[10])).isInstanceOf(IllegalArgumentException.class);
        bytes[2] = 9;
        assertThatThrownBy(() -> EmbeddingBasis.read(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 9");
    }

    /** Whatever the axes are: at unit length and square to one another, or nothing of the kind. */
    @Property(seed = "2026", tries = 50)
    void turningKeepsCosines(@ForAll Random random) {
        int dimension = 2 + random.nextInt(100);
        float[][] axes = new float[1 + random.nextInt(dimension)][];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = random.nextInt(9) == 0 ? new float[dimension] : gaussian(random, dimension);
        }
        EmbeddingBasis basis = new EmbeddingBasis(EXTRACTOR, new float[dimension], new float[dimension], axes);
        Rotation rotation = Rotation.by(Optional.of(basis), dimension, dimension);
        FeatureVector a = FeatureVector.normalised(EXTRACTOR, gaussian(random, dimension));
        FeatureVector b = FeatureVector.normalised(EXTRACTOR, gaussian(random, dimension));
        float[] x = a.toArray();
        float[] y = b.toArray();

        rotation.apply(x);
        rotation.apply(y);

        assertThat(FeatureVector.normalised(EXTRACTOR, x).cosine(FeatureVector.normalised(EXTRACTOR, y)))
                .isCloseTo(a.cosine(b), within(1e-5));
    }

    @Test
    void turningBringsTheAxesToTheFront() {
        Random random = new Random(4);
        float[] first =
                FeatureVector.normalised(EXTRACTOR, gaussian(random, 40)).toArray();
        float[] second = new float[40];
        second[0] = -first[1];
        second[1] = first[0];
        second = FeatureVector.normalised(EXTRACTOR, second).toArray();
        EmbeddingBasis basis =
                new EmbeddingBasis(EXTRACTOR, new float[40], new float[40], new float[][] {first, second});
        Rotation rotation = Rotation.by(Optional.of(basis), 40, 40);
        float[] x = new float[40];
        for (int i = 0; i < 40; i++) {
            x[i] = 0.6f * first[i] + 0.8f * second[i];
        }

        rotation.apply(x);

        assertThat(rotation.lead()).isEqualTo(2);
        assertThat(Math.abs(x[0])).isCloseTo(0.6f, within(1e-5f));
        assertThat(Math.abs(x[1])).isCloseTo(0.8f, within(1e-5f));
        for (int i = 2; i < 40; i++) {
            assertThat(x[i]).isCloseTo(0, within(1e-5f));
        }
    }

    private static float[] gaussian(Random random, int dimension) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
