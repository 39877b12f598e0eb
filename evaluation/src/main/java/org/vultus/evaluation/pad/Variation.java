package org.vultus.evaluation.pad;

import java.util.random.RandomGenerator;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/** Changes that a head must not be misled by: what the camera sees of a frame, and how well. */
public final class Variation {

    /** A share of the frame at which hardly any attack still shows the edge of its device. */
    static final double CLOSE = 0.55;

    private Variation() {}

    /** The part of a frame around a face, {@code share} times as wide and high, moved inside the frame. */
    public static Region window(RgbImage image, Region face, double share) {
        double width = Math.max(1, Math.rint(image.width() * share));
        double height = Math.max(1, Math.rint(image.height() * share));
        return new Region(
                Math.rint(Math.clamp(face.centreX() - width / 2, 0, image.width() - width)),
                Math.rint(Math.clamp(face.centreY() - height / 2, 0, image.height() - height)),
                width,
                height);
    }

    /** A window of whole pixels, as if the camera had seen no more. */
    public static RgbImage cut(RgbImage image, Region window) {
        int x = (int) window.x();
        int y = (int) window.y();
        RgbImage cut = new RgbImage((int) window.width(), (int) window.height());
        for (int row = 0; row < cut.height(); row++) {
            System.arraycopy(
                    image.rgb(),
                    3 * ((y + row) * image.width() + x),
                    cut.rgb(),
                    3 * row * cut.width(),
                    3 * cut.width());
        }
        return cut;
    }

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
