package org.vultus.biometrics.match;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.vultus.biometrics.embed.ExtractorId;

/**
 * In which directions the features of one extractor differ: mean, spectrum and leading axes of their covariance over many faces.
 * A statistic of many people, from which nobody's features can be had. A gallery packs its rows by it, and synthetic identities
 * for benchmarks are drawn from it. Immutable, safe to share.
 *
 * <p>As bytes, version 1, big-endian: the letters {@code VB}, the version (one byte), a zero byte, the extractor's SHA-256 (32
 * bytes), the dimension and the number of axes (two bytes each), mean and spectrum (float32 for each dimension), and the axes,
 * the one of the largest eigenvalue first (each component as a 16-bit fraction of 1).
 */
public final class EmbeddingBasis {
    private static final int VERSION = 1;
    private static final int HEADER = 2 + 1 + 1 + 32 + 2 + 2;

    private final ExtractorId extractor;
    private final float[] mean;
    private final float[] spectrum;
    private final float[][] axes;

    /**
     * @param mean of the features
     * @param spectrum the eigenvalues of the features' covariance, falling, one for each dimension
     * @param axes the eigenvectors of the largest of them, at unit length
     */
    public EmbeddingBasis(ExtractorId extractor, float[] mean, float[] spectrum, float[][] axes) {
        int dimension = mean.length;
        if (spectrum.length != dimension || axes.length == 0 || axes.length > dimension) {
            throw new IllegalArgumentException(
                    "%d features, %d eigenvalues, %d axes".formatted(dimension, spectrum.length, axes.length));
        }
        this.extractor = extractor;
        this.mean = mean.clone();
        this.spectrum = spectrum.clone();
        this.axes = new float[axes.length][];
        for (int i = 0; i < axes.length; i++) {
            if (axes[i].length != dimension) {
                throw new IllegalArgumentException("an axis of " + axes[i].length + " components");
            }
            this.axes[i] = axes[i].clone();
        }
    }

    public ExtractorId extractor() {
        return extractor;
    }

    /** How many features a vector has. */
    public int dimension() {
        return mean.length;
    }

    /** A copy of the mean. */
    public float[] mean() {
        return mean.clone();
    }

    /** A copy of the eigenvalues, falling. */
    public float[] spectrum() {
        return spectrum.clone();
    }

    /** How many axes are known. */
    public int axes() {
        return axes.length;
    }

    /** A copy of an axis, 0 being the one of the largest eigenvalue. */
    public float[] axis(int number) {
        return axes[number].clone();
    }

    public byte[] write() {
        int dimension = dimension();
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER + 2 * Float.BYTES * dimension + Short.BYTES * axes.length * dimension);
        bytes.put((byte) 'V').put((byte) 'B').put((byte) VERSION).put((byte) 0);
        bytes.put(HexFormat.of().parseHex(extractor.sha256()));
        bytes.putShort((short) dimension).putShort((short) axes.length);
        for (float[] values : new float[][] {mean, spectrum}) {
            for (float value : values) {
                bytes.putFloat(value);
            }
        }
        for (float[] axis : axes) {
            for (float component : axis) {
                bytes.putShort((short) Math.round(component * Short.MAX_VALUE));
            }
        }
        return bytes.array();
    }

    /** @throws IllegalArgumentException when the bytes are no basis of a known version, or damaged */
    public static EmbeddingBasis read(byte[] basis) {
        ByteBuffer bytes = ByteBuffer.wrap(basis);
        if (basis.length < HEADER || bytes.get() != 'V' || bytes.get() != 'B') {
            throw new IllegalArgumentException("not a basis of features");
        }
        int version = bytes.get();
        if (version != VERSION || bytes.get() != 0) {
            throw new IllegalArgumentException("a basis of version " + version + "; only " + VERSION + " is known");
        }
        byte[] extractor = new byte[32];
        bytes.get(extractor);
        int dimension = Short.toUnsignedInt(bytes.getShort());
        int count = Short.toUnsignedInt(bytes.getShort());
        if (bytes.remaining() != 2 * Float.BYTES * dimension + Short.BYTES * count * dimension) {
            throw new IllegalArgumentException("a basis of the wrong length: " + basis.length + " bytes");
        }
        float[] mean = floats(bytes, dimension);
        float[] spectrum = floats(bytes, dimension);
        float[][] axes = new float[count][dimension];
        for (float[] axis : axes) {
            for (int i = 0; i < dimension; i++) {
                axis[i] = bytes.getShort() / (float) Short.MAX_VALUE;
            }
        }
        return new EmbeddingBasis(new ExtractorId(HexFormat.of().formatHex(extractor)), mean, spectrum, axes);
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.getFloat();
        }
        return values;
    }
}
