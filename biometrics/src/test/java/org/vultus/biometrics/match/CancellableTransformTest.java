package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

class CancellableTransformTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final UUID ICU = new UUID(7, 1);
    private static final UUID LABORATORY = new UUID(7, 2);
    private static final SecretKey SECRET = secret(1);

    @Property(seed = "2026", tries = 100)
    void keepsCosinesAndComesBack(
            @ForAll Random random, @ForAll @IntRange(min = 2, max = 600) int dimension, @ForAll int version) {
        CancellableTransform transform = CancellableTransform.of(SECRET, ICU, version, EXTRACTOR, dimension);
        FeatureVector a = gaussian(random, dimension);
        FeatureVector b = gaussian(random, dimension);

        assertThat(transform.apply(a).cosine(transform.apply(b))).isCloseTo(a.cosine(b), within(1e-5));
        assertThat(transform.reverse(transform.apply(a)).cosine(a)).isCloseTo(1, within(1e-5));
    }

    /** Even of the one vector that says most about sign flips: a single component. */
    @Test
    void spreadsASingleComponentOverAll() {
        float[] single = new float[512];
        single[17] = 1;
        float[] image = CancellableTransform.of(SECRET, ICU, 1, EXTRACTOR, 512)
                .apply(FeatureVector.normalised(EXTRACTOR, single))
                .toArray();

        int spread = 0;
        for (float component : image) {
            assertThat(Math.abs(component)).isLessThan(0.3f);
            spread += Math.abs(component) > 0.005 ? 1 : 0;
        }
        assertThat(spread).isGreaterThan(400);
    }

    @Test
    void anotherKeyPartitionOrVersionIsAnotherSpace() {
        Random random = new Random(3);
        FeatureVector face = gaussian(random, 512);
        CancellableTransform own = CancellableTransform.of(SECRET, ICU, 1, EXTRACTOR, 512);
        for (CancellableTransform other : new CancellableTransform[] {
            CancellableTransform.of(SECRET, ICU, 2, EXTRACTOR, 512),
            CancellableTransform.of(SECRET, LABORATORY, 1, EXTRACTOR, 512),
            CancellableTransform.of(secret(2), ICU, 1, EXTRACTOR, 512)
        }) {
            assertThat(other.image()).isNotEqualTo(own.image());
            assertThatThrownBy(() -> own.apply(face).cosine(other.apply(face)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> other.reverse(own.apply(face))).isInstanceOf(IllegalArgumentException.class);
            FeatureVector taken =
                    FeatureVector.normalised(own.image(), other.apply(face).toArray());
            assertThat(own.apply(face).cosine(taken)).isCloseTo(0, within(0.2));
        }
        assertThat(CancellableTransform.of(SECRET, ICU, 1, EXTRACTOR, 512).apply(face))
                .as("the same key gives the same image")
                .isEqualTo(own.apply(face));
    }

    @Test
    void refusesVectorsOfAnotherSpace() {
        CancellableTransform transform = CancellableTransform.of(SECRET, ICU, 1, EXTRACTOR, 8);
        FeatureVector face = gaussian(new Random(1), 8);

        assertThatThrownBy(() -> transform.apply(transform.apply(face))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> transform.apply(gaussian(new Random(1), 9)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SecretKey secret(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        return new SecretKeySpec(key, "HKDF");
    }

    private static FeatureVector gaussian(Random random, int dimension) {
        float[] features = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return FeatureVector.normalised(EXTRACTOR, features);
    }
}
