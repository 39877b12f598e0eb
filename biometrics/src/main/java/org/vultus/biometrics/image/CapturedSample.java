package org.vultus.biometrics.image;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a camera or client sent them: an encoded image that nobody has looked at yet (ISO/IEC 2382-37, 37.03.25).
 *
 * <p>The buffer is handed over, not copied; {@link #close()} overwrites it with zeros.
 */
public final class CapturedSample implements AutoCloseable {
    private final byte[] encoded;
    private final @Nullable Instant arrived;

    public CapturedSample(byte[] encoded) {
        this.encoded = encoded;
        this.arrived = null;
    }

    /** @param arrived when it came in, which is before somebody has time to look at it */
    public CapturedSample(byte[] encoded, Instant arrived) {
        this.encoded = encoded;
        this.arrived = arrived;
    }

    /** When it came in, where that is known. */
    public Optional<Instant> arrived() {
        return Optional.ofNullable(arrived);
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
