package org.vultus.evaluation.pad;

import java.util.random.RandomGenerator;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/** Changes that a head must not be misled by: how well the camera sees a frame. */
final class Variation {

    private Variation() {}

    /** Another exposure, white balance and contrast; sometimes noise, sometimes out of focus. */
    static RgbImage light(RgbImage image, RandomGenerator random) {
        double gamma = Math.exp(0.3 * random.nextGaussian());
        double gain = Math.exp(0.2 * random.nextGaussian());
        double[] balance = {Math.exp(0.06 * random.nextGaussian()), 1, Math.exp(0.06 * random.nextGaussian())};
        double noise = random.nextBoolean() ? 0 : 4 * random.nextDouble();
        byte[][] tone = new byte[3][256];
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < 256; v++) {
                tone[c][v] = level(255 * gain * balance[c] * Math.pow(v / 255.0, gamma));
            }
        }
        RgbImage lit = new RgbImage(image.width(), image.height());
        byte[] from = image.rgb();
        byte[] to = lit.rgb();
        for (int i = 0; i < to.length; i++) {
            byte value = tone[i % 3][from[i] & 0xFF];
            to[i] = noise == 0 ? value : level((value & 0xFF) + noise * random.nextGaussian());
        }
        return random.nextInt(3) == 0 ? blurred(lit, 0.35 + 0.5 * random.nextDouble()) : lit;
    }

    /** As sharp as a frame {@code share} times as large. */
    private static RgbImage blurred(RgbImage image, double share) {
        int width = Math.max(1, (int) (image.width() * share));
        int height = Math.max(1, (int) (image.height() * share));
        try (image;
                RgbImage small = Resampling.crop(image, Region.of(image), width, height)) {
            return Resampling.crop(small, Region.of(small), image.width(), image.height());
        }
    }

    private static byte level(double value) {
        return (byte) Math.clamp(Math.round(value), 0, 255);
    }
}
