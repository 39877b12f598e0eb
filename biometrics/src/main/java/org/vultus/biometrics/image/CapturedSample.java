package org.vultus.biometrics.image;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a camera or client sent them, that nobody has looked at yet (ISO/IEC 2382-37, 37.03.25): an encoded image, or a
 * picture of a video whose decoder left it as planes.
 *
 * <p>The buffer is handed over, not copied; {@link #close()} overwrites it with zeros.
 */
public final class CapturedSample implements AutoCloseable {
    private final byte[] bytes;
    private final @Nullable VideoPicture video;
    private final @Nullable Instant arrived;

    /** An image in a file format. */
    public CapturedSample(byte[] encoded) {
        this(encoded, null, null);
    }

    /** @param arrived when it came in, which is before somebody has time to look at it */
    public CapturedSample(byte[] encoded, Instant arrived) {
        this(encoded, null, arrived);
    }

    private CapturedSample(byte[] bytes, @Nullable VideoPicture video, @Nullable Instant arrived) {
        if (video != null && bytes.length != video.bytes()) {
            throw new IllegalArgumentException(
                    "%s needs %d bytes, not %d".formatted(video, video.bytes(), bytes.length));
        }
        this.bytes = bytes;
        this.video = video;
        this.arrived = arrived;
    }

    /** The same buffer, handed over with the time at which it came in. */
    public CapturedSample arrivedAt(Instant time) {
        return new CapturedSample(bytes, video, time);
    }

    /** When it came in, where that is known. */
    public Optional<Instant> arrived() {
        return Optional.ofNullable(arrived);
    }

    /**
     * A picture of a video.
     *
     * @param planes the three planes one after another, {@link VideoPicture#bytes()} in all
     */
    public CapturedSample(byte[] planes, VideoPicture video) {
        this(planes, video, null);
    }

    /** The live buffer, not a copy: the encoded image, or the planes of a video's picture. */
    public byte[] encoded() {
        return bytes;
    }

    /** How the planes are to be read; empty for an encoded image. */
    public Optional<VideoPicture> video() {
        return Optional.ofNullable(video);
    }

    /** Overwrites the bytes with zeros. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
