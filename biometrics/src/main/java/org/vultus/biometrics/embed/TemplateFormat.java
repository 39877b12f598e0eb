package org.vultus.biometrics.embed;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A feature vector as bytes, for storage. Version 1, big-endian: the letters {@code VT}, the version (one byte), a zero byte,
 * the extractor's SHA-256 (32 bytes), the dimension (two bytes), the features at unit length (float32 each). What is written
 * is a biometric reference in the clear: encrypt it and wipe the array. A version, once released, is read for ever.
 */
public final class TemplateFormat {
    /** The version that is written. */
    public static final int VERSION = 1;

    private static final int HEADER = 2 + 1 + 1 + 32 + 2;

    /** How far from 1 the length of stored features may lie before they are taken for damaged. */
    private static final double LENGTH_TOLERANCE = 1e-3;

    private TemplateFormat() {}

    public static byte[] write(FeatureVector features) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + Float.BYTES * features.dimension());
        bytes.put((byte) 'V').put((byte) 'T').put((byte) VERSION).put((byte) 0);
        bytes.put(HexFormat.of().parseHex(features.extractor().sha256()));
        bytes.putShort((short) features.dimension());
        features.writeTo(bytes);
        return bytes.array();
    }

    /** @throws IllegalArgumentException when the bytes are no template of a known version, or damaged */
    public static FeatureVector read(byte[] template) {
        ByteBuffer bytes = ByteBuffer.wrap(template);
        if (template.length < HEADER || bytes.get() != 'V' || bytes.get() != 'T') {
            throw new IllegalArgumentException("not a template");
        }
        int version = bytes.get();
        if (version != VERSION || bytes.get() != 0) {
            throw new IllegalArgumentException(
                    "a template of version " + version + "; at most " + VERSION + " is known");
        }
        byte[] extractor = new byte[32];
        bytes.get(extractor);
        float[] features = new float[Short.toUnsignedInt(bytes.getShort())];
        if (bytes.remaining() != Float.BYTES * features.length) {
            throw new IllegalArgumentException("a template of the wrong length: " + template.length + " bytes");
        }
        bytes.asFloatBuffer().get(features);
        if (!(Math.abs(Math.sqrt(square(features)) - 1) < LENGTH_TOLERANCE)) {
            throw new IllegalArgumentException("a damaged template: its features are not of unit length");
        }
        return FeatureVector.ofUnit(new ExtractorId(HexFormat.of().formatHex(extractor)), features);
    }

    /** The sum of the squares, in four sums, for an addition need not wait for the one before. */
    private static double square(float[] features) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < features.length; i += 4) {
            a += (double) features[i] * features[i];
            b += (double) features[i + 1] * features[i + 1];
            c += (double) features[i + 2] * features[i + 2];
            d += (double) features[i + 3] * features[i + 3];
        }
        for (; i < features.length; i++) {
            a += (double) features[i] * features[i];
        }
        return a + b + c + d;
    }
}
