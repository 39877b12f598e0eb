package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.RgbImage;

class TensorPackerTest {

    private static final RgbImage IMAGE = random(5, 3);

    @Test
    void planesFollowTheChannelOrder() {
        ImageInput rgb =
                new ImageInput(5, 3, ImageInput.Channels.RGB, List.of(10.0, 20.0, 30.0), List.of(2.0, 4.0, 8.0));
        ImageInput bgr =
                new ImageInput(5, 3, ImageInput.Channels.BGR, List.of(10.0, 20.0, 30.0), List.of(2.0, 4.0, 8.0));
        float[] asRgb = pack(rgb);
        float[] asBgr = pack(bgr);
        double[] mean = {10, 20, 30};
        double[] std = {2, 4, 8};
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 5; x++) {
                    int at = (c * 3 + y) * 5 + x;
                    assertThat(asRgb[at]).isCloseTo((float) ((IMAGE.at(x, y, c) - mean[c]) / std[c]), within(1e-5f));
                    assertThat(asBgr[at])
                            .isCloseTo((float) ((IMAGE.at(x, y, 2 - c) - mean[c]) / std[c]), within(1e-5f));
                }
            }
        }
    }

    @Test
    void greyIsLuma() {
        float[] grey = pack(new ImageInput(5, 3, ImageInput.Channels.GREY, List.of(0.0), List.of(1.0)));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                double luma = 0.299 * IMAGE.at(x, y, 0) + 0.587 * IMAGE.at(x, y, 1) + 0.114 * IMAGE.at(x, y, 2);
                assertThat((double) grey[5 * y + x]).isCloseTo(luma, within(0.51));
            }
        }
    }

    @Test
    void refusesAnotherSize() {
        TensorPacker packer =
                new TensorPacker(new ImageInput(4, 3, ImageInput.Channels.GREY, List.of(0.0), List.of(1.0)));
        assertThatThrownBy(() -> packer.pack(IMAGE, FloatBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4×3");
    }

    private static float[] pack(ImageInput input) {
        FloatBuffer tensor = FloatBuffer.allocate(input.elements());
        new TensorPacker(input).pack(IMAGE, tensor);
        return tensor.array();
    }

    private static RgbImage random(int width, int height) {
        RgbImage image = new RgbImage(width, height);
        new Random(3).nextBytes(image.rgb());
        return image;
    }
}
