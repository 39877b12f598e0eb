package org.vultus.server.webrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.VideoPicture;
import org.vultus.biometrics.image.VideoPicture.Range;

/**
 * Takes pictures off a decoded video: some of them, at an even pace. Each comes as a copy outside of the heap (0.14.0) that is ours to
 * wipe and to give back, whether it was used or not. Called by the decoder's thread, stopped by any.
 */
final class VideoIntake implements VideoTrackSink {
    private static final Logger LOG = LoggerFactory.getLogger(VideoIntake.class);

    /** As often as the page sends pictures over the socket, so that both ways see a session's limit of frames alike. */
    static final Duration BETWEEN_PICTURES = Duration.ofMillis(190);

    /** The same where movement is watched: a blink takes a quarter of a second. */
    static final Duration BETWEEN_MOVEMENTS = Duration.ofMillis(90);

    /** The largest picture of which a copy is made. */
    private static final int MOST_PIXELS = 1920 * 1920;

    /** Luma that the limited range has no place for, but overshoot of an encoder reaches. */
    private static final int BELOW_LIMITED = 8;

    private static final int ABOVE_LIMITED = 247;

    /** How many of the sampled values are beyond when the range is full, and how many rows and columns lie between samples. */
    private static final double BEYOND_SHARE = 0.005;

    private static final int STEP = 16;

    /** Where pictures go. */
    interface Pictures {
        /**
         * @param sample is theirs now
         * @param onItsWay how much longer it took to get here than others do
         */
        void take(CapturedSample sample, Duration onItsWay);
    }

    private final Pictures pictures;
    private final LongSupplier nanos;
    private final long betweenNanos;
    private final FrameClock clock = new FrameClock();
    private final Timer late;
    private final Counter received;
    private final Counter used;
    private final Counter dropped;
    private final Timer firstPicture;
    private final long openedAt;
    private volatile long lastPictureAt;
    private volatile boolean stopped;
    private boolean first = true;
    private long lastUsedAt;
    private Range range = Range.LIMITED;

    /** @param between the time from one picture that is taken to the next, at least */
    VideoIntake(Pictures pictures, Duration between, MeterRegistry meters) {
        this(pictures, between, meters, System::nanoTime);
    }

    /** @param nanos in the place of {@link System#nanoTime()} */
    VideoIntake(Pictures pictures, Duration between, MeterRegistry meters, LongSupplier nanos) {
        this.pictures = pictures;
        this.nanos = nanos;
        this.openedAt = nanos.getAsLong();
        this.lastPictureAt = openedAt;
        this.betweenNanos = between.toNanos();
        this.lastUsedAt = openedAt - betweenNanos;
        this.received =
                Counter.builder("vultus.webrtc.frames").tag("fate", "received").register(meters);
        this.used = Counter.builder("vultus.webrtc.frames").tag("fate", "used").register(meters);
        this.dropped =
                Counter.builder("vultus.webrtc.frames").tag("fate", "dropped").register(meters);
        this.late = Timer.builder("vultus.webrtc.frame.late").register(meters);
        this.firstPicture = Timer.builder("vultus.webrtc.first.frame").register(meters);
    }

    /** Nothing is taken any more. */
    void stop() {
        stopped = true;
    }

    /** When the last picture came, in the time of {@link System#nanoTime()}; at first, when this was made. */
    long lastPictureAt() {
        return lastPictureAt;
    }

    @Override
    public void onVideoFrame(VideoFrame frame) {
        try {
            take(frame);
        } catch (RuntimeException e) {
            LOG.error("A picture of a video could not be taken", e);
        } finally {
            I420Buffer buffer = frame.buffer.toI420();
            for (ByteBuffer plane : List.of(buffer.getDataY(), buffer.getDataU(), buffer.getDataV())) {
                MemorySegment.ofBuffer(plane).fill((byte) 0);
            }
            frame.release();
        }
    }

    private void take(VideoFrame frame) {
        long now = nanos.getAsLong();
        lastPictureAt = now;
        received.increment();
        if (first) {
            first = false;
            firstPicture.record(now - openedAt, TimeUnit.NANOSECONDS);
        }
        Duration onItsWay = clock.onItsWay(frame.timestampNs, now);
        late.record(onItsWay);
        long taken = now - onItsWay.toNanos();
        I420Buffer buffer = frame.buffer.toI420();
        if (stopped
                || taken - lastUsedAt < betweenNanos
                || buffer.getWidth() * (long) buffer.getHeight() > MOST_PIXELS) {
            dropped.increment();
            return;
        }
        lastUsedAt = taken;
        used.increment();
        pictures.take(copy(buffer, frame.rotation), onItsWay);
    }

    private CapturedSample copy(I420Buffer buffer, int turn) {
        ByteBuffer luma = buffer.getDataY();
        if (range == Range.LIMITED && isFull(luma, buffer.getStrideY(), buffer.getWidth(), buffer.getHeight())) {
            // Nothing that reaches us says so; a phone's H.264 may use it.
            range = Range.FULL;
        }
        VideoPicture picture = new VideoPicture(buffer.getWidth(), buffer.getHeight(), range, turn);
        byte[] planes = new byte[picture.bytes()];
        int at = plane(luma, buffer.getStrideY(), picture.width(), picture.height(), planes, 0);
        at = plane(buffer.getDataU(), buffer.getStrideU(), picture.chromaWidth(), picture.chromaHeight(), planes, at);
        plane(buffer.getDataV(), buffer.getStrideV(), picture.chromaWidth(), picture.chromaHeight(), planes, at);
        return new CapturedSample(planes, picture);
    }

    /** Copies rows without what lies between them; gives where the next plane begins. */
    static int plane(ByteBuffer from, int stride, int width, int height, byte[] to, int at) {
        for (int y = 0; y < height; y++) {
            from.get(y * stride, to, at + y * width, width);
        }
        return at + width * height;
    }

    /** Whether too many values lie where the limited range has none. */
    static boolean isFull(ByteBuffer luma, int stride, int width, int height) {
        int samples = 0;
        int beyond = 0;
        for (int y = 0; y < height; y += STEP) {
            for (int x = 0; x < width; x += STEP) {
                int value = luma.get(y * stride + x) & 0xFF;
                samples++;
                beyond += value < BELOW_LIMITED || value > ABOVE_LIMITED ? 1 : 0;
            }
        }
        return beyond > BEYOND_SHARE * samples;
    }
}
