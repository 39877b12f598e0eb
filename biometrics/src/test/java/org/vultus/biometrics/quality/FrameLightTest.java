package org.vultus.biometrics.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;

class FrameLightTest {

    @ParameterizedTest
    @CsvSource({"0, TOO_DARK", "24, TOO_DARK", "25,", "128,", "240,", "241, TOO_BRIGHT", "255, TOO_BRIGHT"})
    void judgesTheMeanOfTheFrame(int level, Reason expected) {
        for (int[] size : new int[][] {{32, 32}, {250, 250}, {1280, 720}, {33, 4001}}) {
            assertThat(FrameLight.problem(filled(size[0], size[1], level, level, level))
                            .map(Refusal::reason)
                            .orElse(null))
                    .as("%d×%d", size[0], size[1])
                    .isEqualTo(expected);
        }
    }

    @Test
    void asksForWhatHelps() {
        assertThat(FrameLight.problem(filled(64, 64, 3, 3, 3)).orElseThrow().advice())
                .isEqualTo(Advice.MORE_LIGHT);
        assertThat(FrameLight.problem(filled(64, 64, 250, 250, 250))
                        .orElseThrow()
                        .advice())
                .isEqualTo(Advice.LESS_LIGHT);
    }

    /** 1280×720 pixels of three bytes are a multiple of three times the number of samples. */
    @Test
    void everyColourCounts() {
        assertThat(FrameLight.problem(filled(1280, 720, 0, 90, 90))).isEmpty();
        assertThat(FrameLight.problem(filled(1280, 720, 255, 90, 90))).isEmpty();
        assertThat(FrameLight.problem(filled(1280, 720, 60, 0, 0))).isPresent();
    }

    private static RgbImage filled(int width, int height, int red, int green, int blue) {
        RgbImage image = new RgbImage(width, height);
        for (int i = 0; i < image.rgb().length; i += 3) {
            image.rgb()[i] = (byte) red;
            image.rgb()[i + 1] = (byte) green;
            image.rgb()[i + 2] = (byte) blue;
        }
        return image;
    }
}
