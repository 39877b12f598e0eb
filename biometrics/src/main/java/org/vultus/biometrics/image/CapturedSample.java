package org.vultus.biometrics.image;

import java.util.Arrays;

/**
 * Bytes as a camera or client sent them: an encoded image that nobody has looked at yet (ISO/IEC 2382-37, 37.03.25).
 *
 * <p>The buffer is handed over, not copied; {@link #close()} overwrites it with zeros.
 */
public final class CapturedSample implements AutoCloseable {
    private final byte[] encoded;

    public CapturedSample(byte[] encoded) {
        this.encoded = encoded;
    }

    /** The live buffer, not a copy. */
    public byte[] encoded() {
        return encoded;
    }

    /** Overwrites the bytes with zeros. */
    @Override
    public void close() {
        Arrays.fill(encoded, (byte) 0);
    }
}
