package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

class LinearResizeTest {

    @Test
    void theSameSizeIsACopy() {
        RgbImage image = noise(17, 9, 1);
        assertThat(LinearResize.crop(image, Region.of(image), 17, 9).rgb()).isEqualTo(image.rgb());
        RgbImage part = LinearResize.crop(image, new Region(3, 2, 10, 5), 10, 5);
        assertThat(part.at(4, 3, 1)).isEqualTo(image.at(7, 5, 1));
    }

    @Test
    void shrinkingSkipsPixelsInsteadOfSmoothing() {
        // Columns of black and white, five to one: each target pixel falls on the middle of one of them.
        RgbImage stripes = new RgbImage(50, 5);
        for (int i = 0; i < stripes.rgb().length; i++) {
            stripes.rgb()[i] = (byte) ((i / 3) % 2 == 0 ? 255 : 0);
        }
        RgbImage small = LinearResize.crop(stripes, Region.of(stripes), 10, 1);
        for (int x = 0; x < 10; x++) {
            assertThat(small.at(x, 0, 0)).isEqualTo(x % 2 == 0 ? 255 : 0);
        }
    }

    @Property(seed = "1", tries = 100)
    void isTheInterpolationOfTheFourPixelsAround(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 20) int toWidth,
            @ForAll @IntRange(min = 1, max = 20) int toHeight,
            @ForAll Random random) {
        RgbImage image = noise(width, height, random.nextLong());
        double w = 0.1 + random.nextDouble() * (width - 0.1);
        double h = 0.1 + random.nextDouble() * (height - 0.1);
        Region region = new Region(random.nextDouble() * (width - w), random.nextDouble() * (height - h), w, h);

        RgbImage small = LinearResize.crop(image, region, toWidth, toHeight);

        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                double sx = Math.clamp(region.x() + (x + 0.5) * w / toWidth - 0.5, 0, width - 1);
                double sy = Math.clamp(region.y() + (y + 0.5) * h / toHeight - 0.5, 0, height - 1);
                for (int c = 0; c < 3; c++) {
                    assertThat((double) small.at(x, y, c)).isCloseTo(interpolated(image, sx, sy, c), within(0.8));
                }
            }
        }
    }

    private static double interpolated(RgbImage image, double x, double y, int channel) {
        double sum = 0;
        for (int v = 0; v < image.height(); v++) {
            for (int u = 0; u < image.width(); u++) {
                double weight = Math.max(0, 1 - Math.abs(u - x)) * Math.max(0, 1 - Math.abs(v - y));
                sum += weight * image.at(u, v, channel);
            }
        }
        return sum;
    }

    private static RgbImage noise(int width, int height, long seed) {
        RgbImage image = new RgbImage(width, height);
        new Random(seed).nextBytes(image.rgb());
        return image;
    }
}
