package org.vultus.biometrics.image;

import java.time.Duration;
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
    private final Duration underway;

    /** An image in a file format. */
    public CapturedSample(byte[] encoded) {
        this(encoded, null, null, Duration.ZERO);
    }

    /** @param arrived when it came in, which is before somebody has time to look at it */
    public CapturedSample(byte[] encoded, Instant arrived) {
        this(encoded, null, arrived, Duration.ZERO);
    }

    private CapturedSample(byte[] bytes, @Nullable VideoPicture video, @Nullable Instant arrived, Duration underway) {
        if (video != null && bytes.length != video.bytes()) {
            throw new IllegalArgumentException(
                    "%s needs %d bytes, not %d".formatted(video, video.bytes(), bytes.length));
        }
        this.bytes = bytes;
        this.video = video;
        this.arrived = arrived;
        this.underway = underway;
    }

    /** The same buffer, handed over with the time at which it came in. */
    public CapturedSample arrivedAt(Instant time) {
        return arrivedAt(time, Duration.ZERO);
    }

    /**
     * The same, of a sample that was taken earlier than it came in.
     *
     * @param onItsWay how much longer than its siblings it took; what all of them take nobody can know
     */
    public CapturedSample arrivedAt(Instant time, Duration onItsWay) {
        return new CapturedSample(bytes, video, time, onItsWay);
    }

    /** When it came in, where that is known. */
    public Optional<Instant> arrived() {
        return Optional.ofNullable(arrived);
    }

    /** When it was taken, by the clock of whoever received it, where that is known. */
    public Optional<Instant> taken() {
        return arrived().map(time -> time.minus(underway));
    }

    /**
     * A picture of a video.
     *
     * @param planes the three planes one after another, {@link VideoPicture#bytes()} in all
     */
    public CapturedSample(byte[] planes, VideoPicture video) {
        this(planes, video, null, Duration.ZERO);
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
