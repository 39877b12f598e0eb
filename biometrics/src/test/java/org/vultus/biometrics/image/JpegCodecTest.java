package org.vultus.biometrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/** The native codec against its plain twin. */
class JpegCodecTest {
    private final ImageDecoder plain = new ImageDecoder(ImageLimits.DEFAULT, new ImageIoJpeg());

    private static ImageDecoder turbo() {
        Optional<TurboJpeg> codec = TurboJpeg.load();
        assumeTrue(codec.isPresent(), "libturbojpeg is not installed");
        return new ImageDecoder(ImageLimits.DEFAULT, codec.orElseThrow());
    }

    private List<ImageDecoder> both() {
        return TurboJpeg.load()
                .map(codec -> List.of(plain, new ImageDecoder(ImageLimits.DEFAULT, codec)))
                .orElse(List.of(plain));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 64, false, true, 0",
        "65, 47, false, true, 0",
        "33, 131, true, true, 0",
        "127, 33, true, false, 0",
        "100, 100, false, false, 0",
        "200, 120, false, true, 3",
        "97, 61, false, false, 1",
        // beyond what is written into the image at once
        "1925, 1089, false, true, 0"
    })
    void bothCodecsGiveTheSamePixels(int width, int height, boolean progressive, boolean halved, int restart) {
        byte[] jpeg = EncodedImages.jpeg(
                EncodedImages.waves(width, height, BufferedImage.TYPE_INT_RGB), progressive, halved, restart);
        assertThat(hasMarker(jpeg, 0xC2)).isEqualTo(progressive);
        assertThat(hasMarker(jpeg, 0xD0)).isEqualTo(restart > 0);

        assertThat(difference(accepted(turbo(), jpeg), accepted(plain, jpeg))).isCloseTo(0, within(0.5));
    }

    @Test
    void greyIsTheSameInBoth() {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.waves(90, 70, BufferedImage.TYPE_BYTE_GRAY));
        RgbImage image = accepted(turbo(), jpeg);
        assertThat(image.at(5, 5, 0)).isEqualTo(image.at(5, 5, 2));
        assertThat(difference(image, accepted(plain, jpeg))).isCloseTo(0, within(0.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void demoPhotosAreTheSameInBoth(int number) throws IOException {
        Path photo = Path.of("../models/node_modules/@vladmandic/face-api/demo/sample" + number + ".jpg");
        assumeTrue(Files.exists(photo), "npm packages are not installed");
        byte[] jpeg = Files.readAllBytes(photo);
        assertThat(difference(accepted(turbo(), jpeg), accepted(plain, jpeg))).isCloseTo(0, within(0.5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTruncatedFileIsCorruptWithOrWithoutAnEndMarker(boolean progressive) {
        byte[] jpeg =
                EncodedImages.jpeg(EncodedImages.waves(160, 160, BufferedImage.TYPE_INT_RGB), progressive, true, 0);
        for (ImageDecoder decoder : both()) {
            for (int percent : new int[] {3, 20, 50, 80, 97}) {
                byte[] cut = Arrays.copyOf(jpeg, jpeg.length * percent / 100);
                assertThat(reason(decoder, cut)).isEqualTo(Reason.CORRUPT_IMAGE);
            }
        }
        byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
        half[half.length - 2] = (byte) 0xFF;
        half[half.length - 1] = (byte) 0xD9;
        for (ImageDecoder decoder : both()) {
            assertThat(reason(decoder, half)).isEqualTo(Reason.CORRUPT_IMAGE);
        }
    }

    @Test
    void paddingBeforeTheEndMarkerIsNoDamage() {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(64, 64));
        byte[] padded = EncodedImages.concat(
                Arrays.copyOf(jpeg, jpeg.length - 2), new byte[7], new byte[] {(byte) 0xFF, (byte) 0xD9, 1, 2, 3});
        for (ImageDecoder decoder : both()) {
            assertThat(difference(accepted(decoder, padded), accepted(decoder, jpeg)))
                    .isZero();
        }
    }

    @Test
    void cmykIsReadWhicheverCodecIsUsed() {
        for (ImageDecoder decoder : both()) {
            RgbImage image = accepted(decoder, EncodedImages.JPEG_CMYK);
            assertThat(image.width()).isEqualTo(EncodedImages.FIXTURE_WIDTH);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(image.at(10, 30, channel)).isCloseTo(EncodedImages.smooth(10, 30)[channel], within(6));
            }
        }
    }

    /** As Photoshop writes it: the ink inverted, then turned to Y, Cb, Cr as if it were R, G, B (libjpeg's YCCK). */
    @Test
    void ycckIsReadWhicheverCodecIsUsed() {
        byte[] jpeg = EncodedImages.jpegOfFour(2, rgb -> {
            double c = 255 - rgb[0];
            double m = 255 - rgb[1];
            double y = 255 - rgb[2];
            return new int[] {
                (int) Math.round(0.299 * c + 0.587 * m + 0.114 * y),
                (int) Math.round(128 - 0.168736 * c - 0.331264 * m + 0.5 * y),
                (int) Math.round(128 + 0.5 * c - 0.418688 * m - 0.081312 * y),
                255
            };
        });
        assertFour(jpeg, 1);
    }

    @Test
    void blackInkDarkensCmyk() {
        assertFour(EncodedImages.jpegOfFour(0, rgb -> new int[] {rgb[0], rgb[1], rgb[2], 255}), 1);
        assertFour(EncodedImages.jpegOfFour(0, rgb -> new int[] {rgb[0], rgb[1], rgb[2], 128}), 128 / 255.0);
    }

    /** As browsers show it; Java's own reader would take the fourth component for alpha. */
    @Test
    void fourComponentsWithoutAMarkerAreInvertedCmyk() {
        assertFour(EncodedImages.jpegOfFour(-1, rgb -> new int[] {rgb[0], rgb[1], rgb[2], 255}), 1);
        assertFour(EncodedImages.jpegOfFour(-1, rgb -> new int[] {rgb[0], rgb[1], rgb[2], 128}), 128 / 255.0);
    }

    private void assertFour(byte[] jpeg, double light) {
        for (ImageDecoder decoder : both()) {
            RgbImage image = accepted(decoder, jpeg);
            for (int y = 2; y < EncodedImages.FIXTURE_HEIGHT; y += 9) {
                for (int x = 1; x < EncodedImages.FIXTURE_WIDTH; x += 9) {
                    for (int channel = 0; channel < 3; channel++) {
                        assertThat((double) image.at(x, y, channel))
                                .as("%d, %d, channel %d", x, y, channel)
                                .isCloseTo(light * EncodedImages.smooth(x, y)[channel], within(8.0));
                    }
                }
            }
        }
    }

    @Test
    void tooManyScansAreRefusedUndecoded() {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(64, 64), true, true, 0);
        int scan = find(jpeg, 0xDA, 2);
        byte[] head = Arrays.copyOf(jpeg, scan);
        byte[] oneScan = Arrays.copyOfRange(jpeg, scan, find(jpeg, 0xC4, scan + 2));
        byte[] all = head;
        for (int i = 0; i < 65; i++) {
            all = EncodedImages.concat(all, oneScan);
        }
        byte[] bomb = EncodedImages.concat(all, new byte[] {(byte) 0xFF, (byte) 0xD9});
        assertThat(plain.decode(new CapturedSample(bomb)))
                .isEqualTo(Outcome.refused(Reason.CORRUPT_IMAGE, "more than 64 JPEG scans"));
    }

    @Test
    void aConfiguredPathThatIsNoLibraryFallsBackToImageIo() {
        String before = System.getProperty(TurboJpeg.PROPERTY);
        try {
            System.setProperty(TurboJpeg.PROPERTY, "/nowhere/libturbojpeg.so");
            assertThat(new ImageDecoder(ImageLimits.DEFAULT).jpegCodec()).isEqualTo("imageio");
            System.setProperty(TurboJpeg.PROPERTY, "off");
            assertThat(new ImageDecoder(ImageLimits.DEFAULT).jpegCodec()).isEqualTo("imageio");
        } finally {
            if (before == null) {
                System.clearProperty(TurboJpeg.PROPERTY);
            } else {
                System.setProperty(TurboJpeg.PROPERTY, before);
            }
        }
        assertThat(turbo().jpegCodec()).isEqualTo("turbojpeg");
    }

    private static boolean hasMarker(byte[] jpeg, int marker) {
        return find(jpeg, marker, 0) >= 0;
    }

    private static int find(byte[] jpeg, int marker, int from) {
        for (int i = from; i + 1 < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
        return -1;
    }

    private static RgbImage accepted(ImageDecoder decoder, byte[] bytes) {
        return switch (decoder.decode(new CapturedSample(bytes))) {
            case Outcome.Accepted<DecodedImage>(DecodedImage image) -> image.pixels();
            case Outcome.Refused<DecodedImage>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static Reason reason(ImageDecoder decoder, byte[] bytes) {
        return switch (decoder.decode(new CapturedSample(bytes))) {
            case Outcome.Accepted<DecodedImage> _ -> throw new AssertionError("accepted by " + decoder.jpegCodec());
            case Outcome.Refused<DecodedImage>(var refusal) -> refusal.reason();
        };
    }

    private static double difference(RgbImage a, RgbImage b) {
        assertThat(a.width()).isEqualTo(b.width());
        assertThat(a.height()).isEqualTo(b.height());
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        }
        return (double) sum / a.rgb().length;
    }
}
