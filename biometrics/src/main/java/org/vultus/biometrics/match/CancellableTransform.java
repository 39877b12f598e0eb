package org.vultus.biometrics.match;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * A keyed orthogonal transform of feature vectors, for those that leave the process: {@value #ROUNDS} rounds of sign flips, which
 * the key chooses, and a Walsh–Hadamard transform (Ailon and Chazelle, The fast Johnson–Lindenstrauss transform, 2009). Vectors
 * under one key keep their cosines; under different keys, or without the key, they tell nothing by their scores. A leaked collection
 * is made worthless by another version of the key, and nobody enrols again.
 *
 * <p>It is linear: whoever has as many pairs of a vector and its image as there are components can solve for it. Nor does it
 * hide the spectrum, by which a large collection can be turned back in part (docs/results/unlinkability.md). Immutable, safe for several threads.
 */
public final class CancellableTransform {
    private static final int ROUNDS = 3;
    private static final String LABEL = "vultus cancellable vectors 1";

    private final ExtractorId extractor;
    private final ExtractorId image;
    private final int dimension;
    private final int size;
    private final BitSet flips;

    private CancellableTransform(ExtractorId extractor, ExtractorId image, int dimension, int size, BitSet flips) {
        this.extractor = extractor;
        this.image = image;
        this.dimension = dimension;
        this.size = size;
        this.flips = flips;
    }

    /**
     * The transform of one partition and version; its key is derived from the site's (HKDF, RFC 5869).
     *
     * @param secret the site's key for this purpose, at least 256 bits
     * @param extractor whose vectors are transformed
     * @param dimension of these; images have the next power of two
     */
    public static CancellableTransform of(
            SecretKey secret, UUID partition, int version, ExtractorId extractor, int dimension) {
        int size = dimension <= 1 ? 1 : Integer.highestOneBit(dimension - 1) << 1;
        String context = LABEL + "\n" + partition + "\n" + version + "\n" + extractor.sha256();
        byte[] bits = derive(secret, context, Math.ceilDiv(ROUNDS * size, Byte.SIZE));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(context.getBytes(StandardCharsets.UTF_8));
            // Under another secret it is another space.
            ExtractorId image = new ExtractorId(HexFormat.of().formatHex(digest.digest(bits)));
            return new CancellableTransform(extractor, image, dimension, size, BitSet.valueOf(bits));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(bits, (byte) 0);
        }
    }

    private static byte[] derive(SecretKey secret, String context, int length) {
        // One call gives no more than 255 blocks of 32 bytes; the longest usual vector needs 12.
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(context.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key can be derived: " + e.getMessage(), e);
        }
    }

    /** As what the images' features pass: an extractor that is none, so that nothing else is compared with them. */
    public ExtractorId image() {
        return image;
    }

    /** @throws IllegalArgumentException when the vector is another extractor's, or of another length */
    public FeatureVector apply(FeatureVector vector) {
        require(vector, extractor, dimension);
        float[] x = Arrays.copyOf(vector.toArray(), size);
        for (int round = 0; round < ROUNDS; round++) {
            flip(x, round);
            hadamard(x);
        }
        return FeatureVector.normalised(image, x);
    }

    /** What {@link #apply} was given. */
    public FeatureVector reverse(FeatureVector transformed) {
        require(transformed, image, size);
        float[] x = transformed.toArray();
        for (int round = ROUNDS - 1; round >= 0; round--) {
            hadamard(x);
            flip(x, round);
        }
        return FeatureVector.normalised(extractor, Arrays.copyOf(x, dimension));
    }

    private static void require(FeatureVector vector, ExtractorId extractor, int dimension) {
        if (!vector.extractor().equals(extractor) || vector.dimension() != dimension) {
            throw new IllegalArgumentException("a vector of another space");
        }
    }

    private void flip(float[] x, int round) {
        for (int i = 0; i < size; i++) {
            if (flips.get(round * size + i)) {
                x[i] = -x[i];
            }
        }
    }

    /** In place; its own inverse, because it is scaled to be orthogonal. */
    private static void hadamard(float[] x) {
        for (int half = 1; half < x.length; half <<= 1) {
            for (int from = 0; from < x.length; from += 2 * half) {
                for (int i = from; i < from + half; i++) {
                    float a = x[i];
                    float b = x[i + half];
                    x[i] = a + b;
                    x[i + half] = a - b;
                }
            }
        }
        float scale = (float) (1 / Math.sqrt(x.length));
        for (int i = 0; i < x.length; i++) {
            x[i] *= scale;
        }
    }
}
