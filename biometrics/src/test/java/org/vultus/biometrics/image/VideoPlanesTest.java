package org.vultus.biometrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.biometrics.image.VideoPicture.Range;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class VideoPlanesTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    @Property(tries = 120, seed = "601")
    void isWithinOneLevelOfExactArithmeticWhicheverWayItIsTurned(
            @ForAll @IntRange(min = 1, max = 21) int width,
            @ForAll @IntRange(min = 1, max = 21) int height,
            @ForAll Range range,
            @ForAll @IntRange(max = 3) int quarterTurns) {
        VideoPicture picture = new VideoPicture(width, height, range, 90 * quarterTurns);
        byte[] planes = new byte[picture.bytes()];
        new Random(31L * width + height).nextBytes(planes);
        RgbImage image = VideoPlanes.toRgb(planes, picture);
        boolean across = quarterTurns % 2 == 1;
        assertThat(image.width()).isEqualTo(across ? height : width);
        assertThat(image.height()).isEqualTo(across ? width : height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int atX = switch (quarterTurns) {
                    case 1 -> height - 1 - y;
                    case 2 -> width - 1 - x;
                    case 3 -> y;
                    default -> x;
                };
                int atY = switch (quarterTurns) {
                    case 1 -> x;
                    case 2 -> height - 1 - y;
                    case 3 -> width - 1 - x;
                    default -> y;
                };
                double[] exact = exact(planes, picture, x, y);
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(Math.abs(image.at(atX, atY, channel) - exact[channel]))
                            .as("channel %d of %d,%d", channel, x, y)
                            .isLessThanOrEqualTo(1.0);
                }
            }
        }
    }

    /** The colours of ITU-R BT.601 bars, as every converter has them. */
    @ParameterizedTest
    @CsvSource({
        "LIMITED, 16, 128, 128, 0, 0, 0",
        "LIMITED, 235, 128, 128, 255, 255, 255",
        "LIMITED, 81, 90, 240, 255, 0, 0",
        "LIMITED, 145, 54, 34, 0, 255, 0",
        "LIMITED, 41, 240, 110, 0, 0, 255",
        "FULL, 0, 128, 128, 0, 0, 0",
        "FULL, 255, 128, 128, 255, 255, 255",
        "FULL, 76, 85, 255, 254, 0, 0",
    })
    void knowsTheColours(Range range, int y, int cb, int cr, int red, int green, int blue) {
        RgbImage pixel =
                VideoPlanes.toRgb(new byte[] {(byte) y, (byte) cb, (byte) cr}, new VideoPicture(1, 1, range, 0));
        assertThat(pixel.at(0, 0, 0)).isBetween(red - 1, red + 1);
        assertThat(pixel.at(0, 0, 1)).isBetween(green - 1, green + 1);
        assertThat(pixel.at(0, 0, 2)).isBetween(blue - 1, blue + 1);
    }

    @Test
    void theDecoderTakesItAndJudgesItsSize() {
        VideoPicture picture = new VideoPicture(64, 48, Range.LIMITED, 90);
        CapturedSample sample = new CapturedSample(new byte[picture.bytes()], picture);
        assertThat(DECODER.decode(sample)).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            DecodedImage image = (DecodedImage) accepted.value();
            assertThat(image.format()).isEqualTo(ImageFormat.VIDEO);
            assertThat(image.pixels().width()).isEqualTo(48);
        });
        VideoPicture tiny = new VideoPicture(64, 31, Range.LIMITED, 0);
        assertThat(DECODER.decode(new CapturedSample(new byte[tiny.bytes()], tiny)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.TOO_FEW_PIXELS));
    }

    @Test
    void planesOfTheWrongLengthAreRefusedAndTheRightOnesWiped() {
        VideoPicture picture = new VideoPicture(3, 3, Range.FULL, 0);
        assertThat(picture.bytes()).isEqualTo(9 + 2 * 4);
        assertThatThrownBy(() -> new CapturedSample(new byte[16], picture))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] planes = new byte[17];
        planes[16] = 1;
        new CapturedSample(planes, picture).close();
        assertThat(planes).containsOnly(0);
        assertThatThrownBy(() -> new VideoPicture(3, 3, Range.FULL, 45)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VideoPicture(70_000, 70_000, Range.FULL, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] exact(byte[] planes, VideoPicture picture, int x, int y) {
        int chroma = y / 2 * picture.chromaWidth() + x / 2;
        int cbAt = picture.width() * picture.height() + chroma;
        int crAt = cbAt + picture.chromaWidth() * picture.chromaHeight();
        boolean limited = picture.range() == Range.LIMITED;
        double luma = ((planes[y * picture.width() + x] & 0xFF) - (limited ? 16 : 0)) / (limited ? 219.0 : 255.0);
        double cb = ((planes[cbAt] & 0xFF) - 128) / (limited ? 224.0 : 255.0);
        double cr = ((planes[crAt] & 0xFF) - 128) / (limited ? 224.0 : 255.0);
        double[] rgb = {luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb};
        for (int i = 0; i < 3; i++) {
            rgb[i] = Math.clamp(255 * rgb[i], 0, 255);
        }
        return rgb;
    }
}
