package org.vultus.biometrics.embed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A feature vector as bytes, for storage. Big-endian: the letters {@code VT}, the version (one byte), a zero byte, the extractor's
 * SHA-256 (32 bytes), the dimension (two bytes), and the features. What is written is a biometric reference in the clear: encrypt it
 * and wipe the array. A version, once released, is read for ever.
 *
 * <dl>
 *   <dt>Version 1
 *   <dd>The features at unit length (float32 each). Not written any more.
 *   <dt>Version 2
 *   <dd>The features as whole numbers of 16 bits, rounded, in units by which the largest magnitude is 32,767. The unit itself is not
 *       written, for unit length gives it: what is read is the numbers over their length. Written again it gives the same bytes.
 * </dl>
 *
 * <p>What version 2 rounds away: with n features, the largest of magnitude M, the rest e of the rounding is at most half a unit for
 * each, so that |e| ≤ √n · M / 65,534. The angle between a vector and what is read of it has a sine of at most |e|, so that their
 * cosine is at least √(1 − |e|²), for 512 features never less than 1 − 6·10⁻⁸. The cosine with any third vector changes by at most |e|
 * (and |e|³, which is nothing): for 512 features with M = 0.2 by 7·10⁻⁵ if all roundings conspire, and by some 2·10⁻⁶ as they fall.
 */
public final class TemplateFormat {
    /** The version that is written. */
    public static final int VERSION = 2;

    private static final int FLOATS = 1;

    /** Where the extractor's digest begins: after two letters, the version and a zero. */
    private static final int EXTRACTOR = 2 + 1 + 1;

    private static final int DIGEST = 32;

    /** A digest and what it names. Immutable, so that it does not matter which thread's is kept. */
    private static final class Named {
        private final byte[] bytes;
        private final ExtractorId extractor;

        Named(byte[] bytes, ExtractorId extractor) {
            this.bytes = bytes;
            this.extractor = extractor;
        }
    }

    private static volatile Named last = new Named(new byte[DIGEST], new ExtractorId("0".repeat(64)));

    private static final int HEADER = EXTRACTOR + DIGEST + 2;

    /** How far from 1 the length of features stored as floats may lie before they are taken for damaged. */
    private static final double LENGTH_TOLERANCE = 1e-3;

    private TemplateFormat() {}

    public static byte[] write(FeatureVector features) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + Short.BYTES * features.dimension());
        bytes.put((byte) 'V').put((byte) 'T').put((byte) VERSION).put((byte) 0);
        bytes.put(HexFormat.of().parseHex(features.extractor().sha256()));
        bytes.putShort((short) features.dimension());
        float[] values = features.toArray();
        double factor = Short.MAX_VALUE / (double) largest(values);
        for (float value : values) {
            bytes.putShort((short) Math.rint(value * factor));
        }
        Arrays.fill(values, 0);
        return bytes.array();
    }

    /** @throws IllegalArgumentException when the bytes are no template of a known version, or damaged */
    public static FeatureVector read(byte[] template) {
        ByteBuffer bytes = ByteBuffer.wrap(template);
        if (template.length < HEADER || bytes.get() != 'V' || bytes.get() != 'T') {
            throw new IllegalArgumentException("not a template");
        }
        int version = bytes.get();
        if (version < FLOATS || version > VERSION || bytes.get() != 0) {
            throw new IllegalArgumentException(
                    "a template of version " + version + "; at most " + VERSION + " is known");
        }
        bytes.position(EXTRACTOR + DIGEST);
        int dimension = Short.toUnsignedInt(bytes.getShort());
        if (bytes.remaining() != dimension * (version == FLOATS ? Float.BYTES : Short.BYTES)) {
            throw new IllegalArgumentException("a template of the wrong length: " + template.length + " bytes");
        }
        return FeatureVector.ofUnit(
                extractor(template), version == FLOATS ? floats(bytes, dimension) : numbers(bytes, dimension));
    }

    /** As a rule that of the template before: a start reads thousands of one extractor's. */
    private static ExtractorId extractor(byte[] template) {
        Named named = last;
        if (!Arrays.equals(template, EXTRACTOR, EXTRACTOR + DIGEST, named.bytes, 0, DIGEST)) {
            byte[] bytes = Arrays.copyOfRange(template, EXTRACTOR, EXTRACTOR + DIGEST);
            named = new Named(bytes, new ExtractorId(HexFormat.of().formatHex(bytes)));
            last = named;
        }
        return named.extractor;
    }

    private static float[] floats(ByteBuffer bytes, int dimension) {
        float[] features = new float[dimension];
        bytes.asFloatBuffer().get(features);
        if (!(Math.abs(Math.sqrt(square(features)) - 1) < LENGTH_TOLERANCE)) {
            throw new IllegalArgumentException("a damaged template: its features are not of unit length");
        }
        return features;
    }

    private static float[] numbers(ByteBuffer bytes, int dimension) {
        short[] numbers = new short[dimension];
        bytes.asShortBuffer().get(numbers);
        int largest = 0;
        long square = 0;
        for (short number : numbers) {
            largest = Math.max(largest, Math.abs(number));
            square += (long) number * number;
        }
        if (largest != Short.MAX_VALUE) {
            throw new IllegalArgumentException("a damaged template: its largest number is " + largest);
        }
        double unit = 1 / Math.sqrt((double) square);
        float[] features = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            features[i] = (float) (numbers[i] * unit);
        }
        Arrays.fill(numbers, (short) 0);
        return features;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double square(float[] features) {
        double square = 0;
        for (float feature : features) {
            square += (double) feature * feature;
        }
        return square;
    }
}
