package org.vultus.biometrics.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {

    /** Red on the left, blue on the right. */
    private static RgbImage halves(int width, int height) {
        RgbImage image = new RgbImage(width, height);
        for (int i = 0; i < width * height; i++) {
            image.rgb()[3 * i + (i % width < width / 2 ? 0 : 2)] = (byte) 230;
        }
        return image;
    }

    private static BufferedImage shown(Thumbnail thumbnail) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(thumbnail.jpeg()));
    }

    @ParameterizedTest
    @CsvSource({
        // image, box, picture
        "1280, 720, 540, 260, 200, 200, 200, 200",
        "1280, 720, 600, 300, 50, 60, 108, 108",
        "1280, 720, -40, -40, 200, 200, 200, 200",
        "1280, 720, 1200, 300, 300, 300, 74, 200",
        "64, 48, 0, 0, 64, 48, 64, 48",
        "3000, 100, 0, 0, 3000, 100, 200, 7",
        "10, 10, 400, 400, 20, 20, 1, 1",
    })
    void isSmallWhateverTheImage(int w, int h, double x, double y, double bw, double bh, int width, int height)
            throws IOException {
        try (RgbImage image = halves(w, h);
                Thumbnail thumbnail = Thumbnail.of(image, new Region(x, y, bw, bh))) {
            assertThat(shown(thumbnail))
                    .extracting(BufferedImage::getWidth, BufferedImage::getHeight)
                    .containsExactly(width, height);
        }
    }

    @Test
    void showsTheFaceInItsColours() throws IOException {
        try (RgbImage image = halves(1280, 720);
                Thumbnail thumbnail = Thumbnail.of(image, new Region(540, 260, 200, 200))) {
            BufferedImage shown = shown(thumbnail);
            assertThat(shown.getRGB(50, 100) >> 16 & 0xFF).isBetween(210, 250);
            assertThat(shown.getRGB(50, 100) & 0xFF).isLessThan(30);
            assertThat(shown.getRGB(150, 100) & 0xFF).isBetween(210, 250);
            assertThat(shown.getRGB(150, 100) >> 16 & 0xFF).isLessThan(30);
        }
    }

    /** The first quantisation table of the standard (ITU-T T.81, K.1) begins with 16; at quality 70 it is 60 % of it. */
    @Test
    void hasQualitySeventyAndNoMetadata() {
        try (RgbImage image = halves(400, 400);
                Thumbnail thumbnail = Thumbnail.of(image, Region.of(image))) {
            byte[] jpeg = thumbnail.jpeg();
            int table = 0;
            while (!(jpeg[table] == (byte) 0xFF && jpeg[table + 1] == (byte) 0xDB)) {
                table++;
            }
            assertThat(jpeg[table + 5]).isEqualTo((byte) 10);
            assertThat(new String(jpeg, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("Exif");
        }
    }

    @Test
    void isWiped() {
        RgbImage image = halves(400, 400);
        Thumbnail thumbnail = Thumbnail.of(image, Region.of(image));
        thumbnail.close();
        assertThat(thumbnail.jpeg()).containsOnly(0);
    }
}
