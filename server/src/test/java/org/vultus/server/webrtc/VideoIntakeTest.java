package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoFrameBuffer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.VideoPicture;

class VideoIntakeTest {
    private static final long MS = 1_000_000;

    /** The sender's clock is not ours. */
    private static final long STAMP = 5_000_000_000L;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<VideoPicture> pictures = new ArrayList<>();

    /** When pictures were taken, in milliseconds after the first. */
    private final List<Long> taken = new ArrayList<>();

    private long now;
    private boolean busy;
    private final VideoIntake intake = new VideoIntake(this::take, Duration.ofMillis(90), meters, () -> now);

    private void take(CapturedSample sample, Duration onItsWay) {
        if (busy) {
            throw new IllegalStateException("nobody takes it, as the test wants");
        }
        Instant came = Instant.ofEpochMilli(now / MS);
        taken.add(sample.arrivedAt(came, onItsWay).taken().orElseThrow().toEpochMilli());
        pictures.add(sample.video().orElseThrow());
    }

    @Test
    void rowsAreCopiedWithoutWhatLiesBetween() {
        byte[] to = new byte[8];
        int next = VideoIntake.plane(ByteBuffer.wrap(new byte[] {1, 2, 3, 99, 99, 4, 5, 6, 99, 99}), 5, 3, 2, to, 1);
        assertThat(to).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        assertThat(next).isEqualTo(7);
    }

    /** Taken every 100 ms; a network holds four up, and hands them over together. */
    @Test
    void picturesThatComeInABunchHaveTheTimesAtWhichTheyWereTaken() {
        long[] came = {0, 100, 520, 521, 522, 523, 600};
        for (int i = 0; i < came.length; i++) {
            comes(100 * i, came[i]);
        }
        assertThat(taken).containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 600L);
    }

    /** Evenly as they come: within 40 ms there is one picture to be looked at, whatever the network makes of them. */
    @Test
    void picturesThatWereTakenAtOnceAreNotPicturesOfALongerTime() {
        for (int i = 0; i < 5; i++) {
            comes(10 * i, 100 * i);
        }
        assertThat(taken).containsExactly(0L);
        assertThat(frames("dropped")).isEqualTo(4);
    }

    /** A copy of each picture is ours to give back: used, too soon, too large, after the decision, or when nobody takes it. */
    @Test
    void everyPictureIsWipedAndGivenBackOnce() {
        List<Planes> all = new ArrayList<>(List.of(
                comes(0, 0),
                comes(10, 10),
                comes(new Planes(1921, 1921), 200, 200),
                comes(new Planes(64, 48), 400, 400)));
        busy = true;
        all.add(comes(600, 600));
        busy = false;
        assertThat(taken).as("nobody took the last").containsExactly(0L, 400L);
        intake.stop();
        all.add(comes(800, 800));
        all.add(comes(1000, 1000));

        assertThat(taken).as("after the decision").containsExactly(0L, 400L);
        assertThat(frames("received")).isEqualTo(7);
        assertThat(frames("used")).isEqualTo(3);
        assertThat(frames("dropped")).isEqualTo(4);
        assertThat(all).allSatisfy(planes -> {
            assertThat(planes.isBlank()).isTrue();
            assertThat(planes.released).isEqualTo(1);
        });
        assertThat(meters.get("vultus.webrtc.first.frame").timer().count()).isEqualTo(1);
    }

    /** The library's own memory, which is not a Java heap's. */
    @Test
    void picturesOfTheLibraryAreWipedToo() throws Exception {
        Library.SHARED.factory();
        NativeI420Buffer buffer = NativeI420Buffer.allocate(64, 48);
        List<ByteBuffer> planes = List.of(buffer.getDataY(), buffer.getDataU(), buffer.getDataV());
        planes.forEach(Planes::paint);
        // Ours beside the frame's, so that it can be looked at afterwards.
        buffer.retain();
        intake.stop();
        intake.onVideoFrame(new VideoFrame(buffer, 90, 0));

        assertThat(planes).allMatch(Planes::isBlank);
        assertThat(taken).isEmpty();
        buffer.release();
    }

    @Test
    void aPictureSaysItsSizeAndItsTurn() {
        now = 0;
        intake.onVideoFrame(new VideoFrame(new Planes(640, 480), 90, 0));
        assertThat(pictures).extracting(VideoPicture::width, VideoPicture::turn).containsExactly(tuple(640, 90));
    }

    private Planes comes(long takenMs, long cameMs) {
        return comes(new Planes(64, 48), takenMs, cameMs);
    }

    private Planes comes(Planes planes, long takenMs, long cameMs) {
        now = cameMs * MS;
        planes.all().forEach(Planes::paint);
        intake.onVideoFrame(new VideoFrame(planes, 0, STAMP + takenMs * MS));
        return planes;
    }

    private double frames(String fate) {
        return meters.get("vultus.webrtc.frames").tag("fate", fate).counter().count();
    }

    /** A picture outside of the heap, as the library has them, which counts how often it was given back. */
    private static final class Planes implements I420Buffer {
        private final int width;
        private final int height;
        private final ByteBuffer luma;
        private final ByteBuffer blue;
        private final ByteBuffer red;
        private int released;

        Planes(int width, int height) {
            this.width = width;
            this.height = height;
            this.luma = ByteBuffer.allocateDirect(width * height);
            this.blue = ByteBuffer.allocateDirect((width + 1) / 2 * ((height + 1) / 2));
            this.red = ByteBuffer.allocateDirect(blue.capacity());
        }

        List<ByteBuffer> all() {
            return List.of(luma, blue, red);
        }

        static void paint(ByteBuffer plane) {
            for (int i = 0; i < plane.capacity(); i++) {
                plane.put(i, (byte) 100);
            }
        }

        static boolean isBlank(ByteBuffer plane) {
            return IntStream.range(0, plane.capacity()).allMatch(i -> plane.get(i) == 0);
        }

        boolean isBlank() {
            return all().stream().allMatch(Planes::isBlank);
        }

        @Override
        public ByteBuffer getDataY() {
            return luma;
        }

        @Override
        public ByteBuffer getDataU() {
            return blue;
        }

        @Override
        public ByteBuffer getDataV() {
            return red;
        }

        @Override
        public int getStrideY() {
            return width;
        }

        @Override
        public int getStrideU() {
            return (width + 1) / 2;
        }

        @Override
        public int getStrideV() {
            return (width + 1) / 2;
        }

        @Override
        public int getWidth() {
            return width;
        }

        @Override
        public int getHeight() {
            return height;
        }

        @Override
        public I420Buffer toI420() {
            return this;
        }

        @Override
        public VideoFrameBuffer cropAndScale(int x, int y, int w, int h, int toW, int toH) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release() {
            released++;
        }
    }

    @Test
    void blackAndWhiteBeyondTheLimitedRangeTellTheFullOne() {
        byte[] limited = new byte[640 * 480];
        Random random = new Random(1);
        for (int i = 0; i < limited.length; i++) {
            limited[i] = (byte) random.nextInt(16, 236);
        }
        assertThat(VideoIntake.isFull(ByteBuffer.wrap(limited), 640, 640, 480)).isFalse();
        byte[] full = limited.clone();
        random.nextBytes(full);
        assertThat(VideoIntake.isFull(ByteBuffer.wrap(full), 640, 640, 480)).isTrue();
    }
}
