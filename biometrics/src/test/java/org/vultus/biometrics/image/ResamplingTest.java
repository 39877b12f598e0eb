package org.vultus.biometrics.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    @Property(tries = 150, seed = "29794")
    void cropIsWithinOneGreyLevelOfTheExactFilterAndBothTwinsAgree(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @DoubleRange(min = -60, max = 60) double x,
            @ForAll @DoubleRange(min = -60, max = 60) double y,
            @ForAll @DoubleRange(min = 0.5, max = 300) double regionWidth,
            @ForAll @DoubleRange(min = 0.5, max = 300) double regionHeight,
            @ForAll @IntRange(min = 1, max = 40) int targetWidth,
            @ForAll @IntRange(min = 1, max = 40) int targetHeight) {
        RgbImage source = noise(width, height, width * 31L + height);
        Region region = new Region(x, y, regionWidth, regionHeight);
        RgbImage plain = Resampling.crop(source, region, targetWidth, targetHeight, false);
        assertThat(greatestDifference(plain, ExactResampling.crop(source, region, targetWidth, targetHeight)))
                .isLessThanOrEqualTo(1);
        assertThat(Resampling.crop(source, region, targetWidth, targetHeight, true)
                        .rgb())
                .isEqualTo(plain.rgb());
    }

    @Property(tries = 150, seed = "30107")
    void warpIsCloseToTheExactFilterAndBothTwinsAgree(
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @DoubleRange(min = 0.34, max = 3) double scale,
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = -20, max = 170) double x,
            @ForAll @DoubleRange(min = -20, max = 170) double y) {
        RgbImage source = noise(width, height, width * 31L + height);
        SimilarityTransform transform = around(scale, degrees, x, y, 20, 20);
        RgbImage plain = Resampling.warp(source, transform, 40, 40, false);
        // The filter's place is rounded to 1/256 pixel: half of that on both axes moves noise by two levels at most.
        assertThat(greatestDifference(plain, ExactResampling.warp(source, transform, 40, 40)))
                .isLessThanOrEqualTo(2);
        assertThat(Resampling.warp(source, transform, 40, 40, true).rgb()).isEqualTo(plain.rgb());
    }

    @Property(tries = 60, seed = "19795")
    void warpThatShrinksMuchIsStillCloseToTheExactFilter(
            @ForAll @DoubleRange(min = 0.08, max = 0.33) double scale,
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = -50, max = 350) double x,
            @ForAll @DoubleRange(min = -50, max = 350) double y) {
        RgbImage source = noise(300, 280, 7);
        SimilarityTransform transform = around(scale, degrees, x, y, 20, 20);
        RgbImage plain = Resampling.warp(source, transform, 40, 40, false);
        RgbImage exact = ExactResampling.warp(source, transform, 40, 40);
        assertThat(greatestDifference(plain, exact)).isLessThanOrEqualTo(16);
        assertThat(meanDifference(plain, exact)).isLessThan(1.5);
        assertThat(Resampling.warp(source, transform, 40, 40, true).rgb()).isEqualTo(plain.rgb());
    }

    @Test
    void cropOfTheWholeImageAtItsOwnSizeChangesNothing() {
        RgbImage source = noise(37, 23, 1);
        assertThat(Resampling.crop(source, Region.of(source), 37, 23).rgb()).isEqualTo(source.rgb());
    }

    @Test
    void whatLiesOutsideIsBlack() {
        RgbImage white = filled(40, 30, 255);
        RgbImage wide = Resampling.crop(white, new Region(0, -5, 40, 40), 40, 40);
        assertThat(wide.at(20, 4, 0)).isZero();
        assertThat(wide.at(20, 5, 0)).isEqualTo(255);
        assertThat(wide.at(20, 34, 2)).isEqualTo(255);
        assertThat(wide.at(20, 35, 2)).isZero();
        assertThat(Resampling.crop(white, new Region(100, 100, 50, 50), 8, 8).rgb())
                .containsOnly(0);
        assertThat(Resampling.crop(white, new Region(1e9, -1e9, 50, 50), 8, 8).rgb())
                .containsOnly(0);
        assertThat(Resampling.warp(white, around(1, 30, 500, 500, 4, 4), 8, 8).rgb())
                .containsOnly(0);
        assertThat(Resampling.warp(white, around(0.1, 30, 5000, -5000, 4, 4), 8, 8)
                        .rgb())
                .containsOnly(0);
    }

    @Test
    void shrinkingKeepsEvenGreyExactlyAndFineStripesAsTheirMean() {
        assertThat(Resampling.crop(filled(640, 480, 255), new Region(60, 60, 500, 333), 31, 17)
                        .rgb())
                .containsOnly(-1);
        RgbImage stripes = new RgbImage(200, 200);
        for (int i = 0; i < stripes.rgb().length; i++) {
            stripes.rgb()[i] = (byte) (i / 3 % 200 % 2 == 0 ? 255 : 0);
        }
        RgbImage small = Resampling.warp(stripes, new SimilarityTransform(0.25, 0, 0, 0), 50, 50);
        assertThat(small.at(25, 25, 0)).isBetween(125, 130);
    }

    @Test
    void mirrorExchangesLeftAndRight() {
        RgbImage source = noise(5, 3, 3);
        RgbImage mirrored = Resampling.mirror(source);
        assertThat(mirrored.at(0, 1, 2)).isEqualTo(source.at(4, 1, 2));
        assertThat(mirrored.at(3, 2, 0)).isEqualTo(source.at(1, 2, 0));
        assertThat(Resampling.mirror(mirrored).rgb()).isEqualTo(source.rgb());
    }

    private static SimilarityTransform around(double scale, double degrees, double x, double y, double tx, double ty) {
        double a = scale * Math.cos(Math.toRadians(degrees));
        double b = scale * Math.sin(Math.toRadians(degrees));
        return new SimilarityTransform(a, b, tx - (a * x - b * y), ty - (b * x + a * y));
    }

    private static RgbImage noise(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        new Random(seed).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static RgbImage filled(int width, int height, int value) {
        RgbImage image = new RgbImage(width, height);
        Arrays.fill(image.rgb(), (byte) value);
        return image;
    }

    private static int greatestDifference(RgbImage a, RgbImage b) {
        int greatest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            greatest = Math.max(greatest, Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)));
        }
        return greatest;
    }

    private static double meanDifference(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        }
        return (double) sum / a.rgb().length;
    }
}
