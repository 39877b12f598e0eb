package org.vultus.evaluation.pad;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
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

    /** A small photo: a square of 1.3 to 2.9 heights of the face, 150 to 300 pixels wide, as JPEG. */
    static RgbImage small(RgbImage image, Region face, RandomGenerator random) {
        double side =
                Math.min(Math.min(image.width(), image.height()), face.height() * (1.3 + 1.6 * random.nextDouble()));
        Region square = new Region(
                Math.clamp(face.centreX() - side / 2, 0, image.width() - side),
                Math.clamp(face.centreY() - side / 2, 0, image.height() - side),
                side,
                side);
        int width = 150 + random.nextInt(150);
        try (RgbImage cut = Resampling.crop(image, square, width, width)) {
            return jpeg(cut, 0.5f + 0.4f * random.nextFloat());
        }
    }

    /** A frame of few bits, 360 to 640 pixels wide. JPEG keeps colour at half the resolution, as the codecs of video do. */
    static RgbImage streamed(RgbImage image, RandomGenerator random) {
        int width = 360 + random.nextInt(280);
        int height = (int) Math.round((double) width * image.height() / image.width());
        try (RgbImage scaled = Resampling.crop(image, Region.of(image), width, height)) {
            return jpeg(scaled, 0.15f + 0.5f * random.nextFloat());
        }
    }

    private static RgbImage jpeg(RgbImage image, float quality) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(Recapture.image(image), null, null), parameters);
            } finally {
                writer.dispose();
            }
            return Recapture.pixels(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
