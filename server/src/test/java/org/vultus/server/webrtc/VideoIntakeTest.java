package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoIntakeTest {

    @Test
    void rowsAreCopiedWithoutWhatLiesBetween() {
        byte[] to = new byte[8];
        int next = VideoIntake.plane(ByteBuffer.wrap(new byte[] {1, 2, 3, 99, 99, 4, 5, 6, 99, 99}), 5, 3, 2, to, 1);
        assertThat(to).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        assertThat(next).isEqualTo(7);
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
