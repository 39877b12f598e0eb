package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemplateFormatTest {
    /** Version 1 as it was first written: four features of ±0.5, of the extractor 000102…1f. */
    private static final String FROZEN_1 = "VlQBAAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAQ/AAAAvwAAAD8AAAC/AAAA";

    /** Version 2 as it was first written: the numbers 32767, −32767, 16384 and 1, of the same extractor. */
    private static final String FROZEN_2 = "VlQCAAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAR//4ABQAAAAQ==";

    private static final List<String> FROZEN = List.of(FROZEN_1, FROZEN_2);

    /** What floats may add to what the rounding does. */
    private static final double FLOATS = 2e-7;

    private static final ExtractorId EXTRACTOR =
            new ExtractorId("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final int FIRST_FEATURE = 38;

    @Test
    void readsTemplatesOfTheFirstVersion() {
        FeatureVector features = TemplateFormat.read(Base64.getDecoder().decode(FROZEN_1));

        assertThat(features.extractor()).isEqualTo(EXTRACTOR);
        assertThat(features.toArray()).containsExactly(0.5f, -0.5f, 0.5f, -0.5f);
    }

    @Test
    void readsTemplatesOfTheSecondVersion() {
        FeatureVector features = TemplateFormat.read(Base64.getDecoder().decode(FROZEN_2));

        assertThat(features.extractor()).isEqualTo(EXTRACTOR);
        double length = Math.sqrt(2.0 * 32767 * 32767 + 16384.0 * 16384 + 1);
        assertThat(features.toArray())
                .containsExactly((float) (32767 / length), (float) (-32767 / length), (float) (16384 / length), (float)
                        (1 / length));
    }

    @Test
    void writesTheSameBytesToday() {
        FeatureVector features = FeatureVector.normalised(EXTRACTOR, new float[] {32767, -32767, 16384.4f, 0.6f});

        assertThat(Base64.getEncoder().encodeToString(TemplateFormat.write(features)))
                .isEqualTo(FROZEN_2);
    }

    @Property(seed = "2026", tries = 200)
    void roundsNoMoreThanIsPromised(@ForAll @IntRange(min = 1, max = 600) int dimension, @ForAll Random random) {
        FeatureVector features = ofAnyMagnitudes(dimension, random);
        float[] values = features.toArray();
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        double error = Math.sqrt(dimension) * largest / 65534;

        FeatureVector read = TemplateFormat.read(TemplateFormat.write(features));

        assertThat(features.cosine(read)).isGreaterThanOrEqualTo(Math.sqrt(1 - error * error) - FLOATS);
        assertThat(read.cosine(read)).as("length").isCloseTo(1, within(FLOATS));
        FeatureVector third = ofAnyMagnitudes(dimension, random);
        assertThat(third.cosine(read)).isCloseTo(third.cosine(features), within(1.001 * error + FLOATS));
    }

    @Property(seed = "2026", tries = 200)
    void writesTheSameBytesAgain(@ForAll @IntRange(min = 1, max = 600) int dimension, @ForAll Random random) {
        byte[] template = TemplateFormat.write(ofAnyMagnitudes(dimension, random));

        FeatureVector read = TemplateFormat.read(template);

        assertThat(TemplateFormat.write(read)).isEqualTo(template);
        assertThat(TemplateFormat.read(template)).isEqualTo(read);
    }

    @Property(seed = "2026", tries = 100)
    void movesAScoreOf512FeaturesByAHundredThousandthAtMost(@ForAll Random random) {
        FeatureVector features = gaussian(random);
        FeatureVector third = gaussian(random);

        FeatureVector read = TemplateFormat.read(TemplateFormat.write(features));

        assertThat(third.cosine(read)).isCloseTo(third.cosine(features), within(1e-5));
        assertThat(features.cosine(read)).isGreaterThan(1 - 1e-7);
    }

    @Test
    void takesHalfOfTheBytesOfFloats() {
        assertThat(TemplateFormat.write(gaussian(new Random(1)))).hasSize(38 + 1024);
    }

    /** As version 1 was written: the specification of what is still to be read. */
    @Property(seed = "2026", tries = 200)
    void givesBackEveryBitOfTheFirstVersion(
            @ForAll @IntRange(min = 1, max = 600) int dimension, @ForAll Random random) {
        FeatureVector features = ofAnyMagnitudes(dimension, random);
        ByteBuffer bytes = ByteBuffer.allocate(FIRST_FEATURE + 4 * dimension)
                .put(Base64.getDecoder().decode(FROZEN_1), 0, FIRST_FEATURE - 2)
                .putShort((short) dimension);
        for (float value : features.toArray()) {
            bytes.putFloat(value);
        }

        assertThat(TemplateFormat.read(bytes.array())).isEqualTo(features);
    }

    @Test
    void refusesWhatIsCutOffOrHasMore() {
        for (String frozen : FROZEN) {
            byte[] whole = Base64.getDecoder().decode(frozen);
            for (int length = 0; length <= whole.length + 5; length++) {
                byte[] other = Arrays.copyOf(whole, length);
                if (length != whole.length) {
                    assertThatThrownBy(() -> TemplateFormat.read(other))
                            .as("%d bytes", length)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoTemplate() {
        for (String frozen : FROZEN) {
            refuses(frozen, "not a template", bytes -> bytes.put(0, (byte) 'v'));
            refuses(frozen, "not a template", bytes -> bytes.put(1, (byte) 0));
        }
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() {
        for (String frozen : FROZEN) {
            refuses(frozen, "a template of version 3; at most 2 is known", bytes -> bytes.put(2, (byte) 3));
            refuses(frozen, "a template of version 0; at most 2 is known", bytes -> bytes.put(2, (byte) 0));
            refuses(frozen, "at most 2 is known", bytes -> bytes.put(2, (byte) -1));
            refuses(frozen, "at most 2 is known", bytes -> bytes.put(3, (byte) 1));
        }
    }

    @Test
    void refusesOneVersionForTheOther() {
        refuses(FROZEN_1, "of the wrong length", bytes -> bytes.put(2, (byte) 2));
        refuses(FROZEN_2, "of the wrong length", bytes -> bytes.put(2, (byte) 1));
    }

    @Test
    void refusesDamagedFeatures() {
        refuses(FROZEN_1, "not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, 0.6f));
        refuses(FROZEN_1, "not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, Float.NaN));
        refuses(FROZEN_1, "not of unit length", bytes -> bytes.putFloat(FIRST_FEATURE, Float.NEGATIVE_INFINITY));
        refuses(
                FROZEN_1,
                "not of unit length",
                bytes -> bytes.putLong(FIRST_FEATURE, 0).putLong(FIRST_FEATURE + 8, 0));
        for (String frozen : FROZEN) {
            refuses(frozen, "of the wrong length", bytes -> bytes.putShort(FIRST_FEATURE - 2, (short) 5));
            refuses(frozen, "of the wrong length", bytes -> bytes.putShort(FIRST_FEATURE - 2, (short) -4));
        }
    }

    @Test
    void refusesNumbersThatAreNeverWritten() {
        refuses(FROZEN_2, "its largest number is 16384", bytes -> bytes.putInt(FIRST_FEATURE, 0));
        refuses(FROZEN_2, "its largest number is 0", bytes -> bytes.putLong(FIRST_FEATURE, 0));
        refuses(FROZEN_2, "its largest number is 32768", bytes -> bytes.putShort(FIRST_FEATURE + 6, Short.MIN_VALUE));
    }

    @Test
    void refusesATemplateWithoutFeatures() {
        for (String frozen : FROZEN) {
            byte[] empty = Arrays.copyOf(Base64.getDecoder().decode(frozen), FIRST_FEATURE);
            ByteBuffer.wrap(empty).putShort(FIRST_FEATURE - 2, (short) 0);

            assertThatThrownBy(() -> TemplateFormat.read(empty)).hasMessageContaining("a damaged template");
        }
    }

    private static FeatureVector ofAnyMagnitudes(int dimension, Random random) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            // From nothing to what the others drown in.
            values[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(40)));
        }
        values[random.nextInt(dimension)] = -1;
        return FeatureVector.normalised(EXTRACTOR, values);
    }

    private static FeatureVector gaussian(Random random) {
        float[] values = new float[512];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FeatureVector.normalised(EXTRACTOR, values);
    }

    private static void refuses(String frozen, String why, Consumer<ByteBuffer> damage) {
        byte[] template = Base64.getDecoder().decode(frozen);
        damage.accept(ByteBuffer.wrap(template));

        assertThatThrownBy(() -> TemplateFormat.read(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
