package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.RgbImage;

class FrameGrainTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    @Test
    void aBackgroundWithoutNoiseIsTheSameInTheNextFrame() {
        byte[] drawn = noise(1);
        byte[] face = drawn.clone();
        // Something moves in the middle, where a face is.
        for (int y = 100; y < 400; y++) {
            for (int x = 200; x < 440; x++) {
                face[3 * (y * WIDTH + x)] ^= 1;
            }
        }
        assertThat(grain(drawn).sameAs(grain(face))).isEqualTo(1);
    }

    @Test
    void aSensorsNoiseLeavesNoTileTheSame() {
        assertThat(grain(noise(1)).sameAs(grain(noise(2)))).isZero();
    }

    @Test
    void aSideThatMovesIsNotTheSame() {
        byte[] before = noise(1);
        byte[] after = noise(2);
        for (int y = 0; y < HEIGHT; y++) {
            System.arraycopy(before, 3 * y * WIDTH, after, 3 * y * WIDTH, 3 * WIDTH / 2);
        }
        assertThat(grain(before).sameAs(grain(after))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void framesOfDifferentSizesAreNotCompared() {
        assertThat(grain(noise(1)).sameAs(FrameGrain.of(new RgbImage(320, 240))))
                .isNaN();
        assertThat(FrameGrain.of(new RgbImage(20, 20)).sameAs(FrameGrain.NONE)).isNaN();
    }

    private static FrameGrain grain(byte[] rgb) {
        return FrameGrain.of(new RgbImage(WIDTH, HEIGHT, rgb.clone()));
    }

    private static byte[] noise(long seed) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }
}
