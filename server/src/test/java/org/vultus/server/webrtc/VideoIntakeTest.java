package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.VideoPicture;

class VideoIntakeTest {

    @Test
    void rowsAreCopiedWithoutWhatLiesBetween() {
        byte[] to = new byte[8];
        int next = VideoIntake.plane(ByteBuffer.wrap(new byte[] {1, 2, 3, 99, 99, 4, 5, 6, 99, 99}), 5, 3, 2, to, 1);
        assertThat(to).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        assertThat(next).isEqualTo(7);
    }

    /** Frames as the library hands them over: some of them are taken, with their size, turn and age; after the end none. */
    @Test
    void someFramesAreTakenWithWhatTheySayOfThemselves() throws Exception {
        Library.SHARED.factory();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<VideoPicture> pictures = new ArrayList<>();
        List<Duration> ages = new ArrayList<>();
        VideoIntake intake = new VideoIntake(
                (sample, age) -> {
                    pictures.add(sample.video().orElseThrow());
                    ages.add(age);
                    sample.close();
                },
                Duration.ofMillis(40),
                meters);
        long stamp = 5_000_000_000L;
        intake.onVideoFrame(frame(640, 480, 90, stamp));
        intake.onVideoFrame(frame(640, 480, 90, stamp));
        // Taken a second later by its stamp; it comes at once, so the clock stands otherwise than was thought.
        intake.onVideoFrame(frame(320, 240, 180, stamp + 1_000_000_000L));
        Thread.sleep(60);
        intake.onVideoFrame(frame(320, 240, 0, stamp + 1_000_000_000L));
        Thread.sleep(60);
        intake.onVideoFrame(frame(320, 240, 270, stamp + 1_120_000_000L));
        intake.stop();
        Thread.sleep(60);
        intake.onVideoFrame(frame(320, 240, 0, stamp + 1_180_000_000L));

        assertThat(pictures).extracting(VideoPicture::width, VideoPicture::turn).startsWith(tuple(640, 90));
        assertThat(pictures).extracting(VideoPicture::turn).contains(270).hasSizeBetween(2, 4);
        assertThat(ages.getFirst()).isZero();
        assertThat(meters.get("vultus.webrtc.frames")
                        .tag("fate", "received")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(meters.get("vultus.webrtc.frames")
                                .tag("fate", "used")
                                .counter()
                                .count()
                        + meters.get("vultus.webrtc.frames")
                                .tag("fate", "dropped")
                                .counter()
                                .count())
                .isEqualTo(6);
        assertThat(meters.get("vultus.webrtc.first.frame").timer().count()).isEqualTo(1);
    }

    private static VideoFrame frame(int width, int height, int turn, long stamp) {
        return new VideoFrame(NativeI420Buffer.allocate(width, height), turn, stamp);
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
