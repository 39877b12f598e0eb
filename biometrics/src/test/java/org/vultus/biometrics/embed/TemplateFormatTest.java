package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemplateFormatTest {
    /** Version 1 as it was first written: four features of ±0.5, of the extractor 000102…1f. */
    private static final String FROZEN = "VlQBAAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAQ/AAAAvwAAAD8AAAC/AAAA";

    private static final ExtractorId EXTRACTOR =
            new ExtractorId("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final int FIRST_FEATURE = 38;

    @Test
    void readsTemplatesOfTheFirstVersion() {
        FeatureVector features = TemplateFormat.read(Base64.getDecoder().decode(FROZEN));

        assertThat(features.extractor()).isEqualTo(EXTRACTOR);
        assertThat(features.toArray()).containsExactly(0.5f, -0.5f, 0.5f, -0.5f);
    }

    @Test
    void writesTheSameBytesToday() {
        FeatureVector features = FeatureVector.normalised(EXTRACTOR, new float[] {2, -2, 2, -2});

        assertThat(Base64.getEncoder().encodeToString(TemplateFormat.write(features)))
                .isEqualTo(FROZEN);
    }

    @Property(seed = "2026", tries = 200)
    void givesBackEveryBit(@ForAll @IntRange(min = 1, max = 600) int dimension, @ForAll Random random) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            // From nothing to what the others drown in.
            values[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(40)));
        }
        values[random.nextInt(dimension)] = -1;
        FeatureVector features = FeatureVector.normalised(EXTRACTOR, values);

        FeatureVector read = TemplateFormat.read(TemplateFormat.write(features));

        assertThat(read).isEqualTo(features);
        assertThat(TemplateFormat.write(read)).isEqualTo(TemplateFormat.write(features));
    }

    @Test
    void refusesWhatIsCutOffOrHasMore() {
        byte[] whole = Base64.getDecoder().decode(FROZEN);
        for (int length = 0; length <= whole.length + 5; length++) {
            byte[] other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> TemplateFormat.read(other))
                        .as("%d bytes", length)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void refusesWhatIsNoTemplate() {
        refuses("not a template", bytes -> bytes.put(0, (byte) 'v'));
        refuses("not a template", bytes -> bytes.put(1, (byte) 0));
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() {
        refuses("a template of version 2; at most 1 is known", bytes -> bytes.put(2, (byte) 2));
        refuses("a template of version 0; at most 1 is known", bytes -> bytes.put(2, (byte) 0));
        refuses("at most 1 is known", bytes -> bytes.put(3, (byte) 1));
    }

    @Test
    void refusesDamagedFeatures() {
        refuses("not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, 0.6f));
        refuses("not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, Float.NaN));
        refuses("not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, Float.NEGATIVE_INFINITY));
        refuses("not of unit length", bytes -> bytes.putLong(FIRST_FEATURE, 0).putLong(FIRST_FEATURE + 8, 0));
        refuses("of the wrong length", bytes -> bytes.putShort(FIRST_FEATURE - 2, (short) 5));
        refuses("of the wrong length", bytes -> bytes.putShort(FIRST_FEATURE - 2, (short) -4));
    }

    @Test
    void refusesATemplateWithoutFeatures() {
        byte[] empty = Arrays.copyOf(Base64.getDecoder().decode(FROZEN), FIRST_FEATURE);
        ByteBuffer.wrap(empty).putShort(FIRST_FEATURE - 2, (short) 0);

        assertThatThrownBy(() -> TemplateFormat.read(empty)).hasMessageContaining("not of unit length");
    }

    private static void refuses(String why, Consumer<ByteBuffer> damage) {
        byte[] template = Base64.getDecoder().decode(FROZEN);
        damage.accept(ByteBuffer.wrap(template));

        assertThatThrownBy(() -> TemplateFormat.read(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
