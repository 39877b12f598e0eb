package org.vultus.onnx;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.vultus.biometrics.image.RgbImage;

/** The six group photos with 22 faces that npm fetches beside the default models. */
final class DemoPhotos {

    static final int COUNT = 6;

    private DemoPhotos() {}

    /** @param number 1 to 6 */
    static RgbImage load(int number) {
        return read(Path.of("../models/node_modules/@vladmandic/face-api/demo/sample" + number + ".jpg"));
    }

    static RgbImage read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RgbImage rgb = new RgbImage(image.getWidth(), image.getHeight());
        for (int y = 0, i = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = image.getRGB(x, y);
                rgb.rgb()[i++] = (byte) (argb >> 16);
                rgb.rgb()[i++] = (byte) (argb >> 8);
                rgb.rgb()[i++] = (byte) argb;
            }
        }
        return rgb;
    }
}
