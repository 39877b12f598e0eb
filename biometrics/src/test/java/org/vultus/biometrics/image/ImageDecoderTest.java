package org.vultus.biometrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vultus.biometrics.image.EncodedImages.chunk;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class ImageDecoderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void tellsFormatsByTheirBytes() {
        BufferedImage image = EncodedImages.quarters(64, 48);
        assertThat(accepted(EncodedImages.jpeg(image)).format()).isEqualTo(ImageFormat.JPEG);
        assertThat(accepted(EncodedImages.png(image)).format()).isEqualTo(ImageFormat.PNG);
        assertThat(accepted(EncodedImages.WEBP_LOSSY).format()).isEqualTo(ImageFormat.WEBP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GIF89a......", "BM..........", "<svg xmlns=", "\0\0\0\30ftypheic", "II*\0....", "x", "hello"})
    void refusesEveryOtherFormat(String start) {
        assertThat(reason(start.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void refusesByLengthAndSize() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY_SAMPLE);
        assertThat(reason(new byte[10_000_001])).isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(reason(EncodedImages.png(EncodedImages.quarters(1, 1)))).isEqualTo(Reason.TOO_FEW_PIXELS);
        assertThat(reason(EncodedImages.jpeg(EncodedImages.quarters(31, 400)))).isEqualTo(Reason.TOO_FEW_PIXELS);
        assertThat(reason(EncodedImages.png(0, 64, 8, 2, new byte[100]))).isEqualTo(Reason.TOO_FEW_PIXELS);
    }

    static Stream<byte[]> headerBombs() {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(64, 64));
        for (int i = 0; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                jpeg[i + 5] = jpeg[i + 7] = (byte) (65_000 >> 8);
                jpeg[i + 6] = jpeg[i + 8] = (byte) (65_000 & 0xFF);
                break;
            }
        }
        byte[] png = EncodedImages.png(65_000, 65_000, 16, 6, new byte[10]);
        byte[] largestPng = EncodedImages.png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2, new byte[10]);
        byte[] lossless = EncodedImages.WEBP_LOSSLESS.clone();
        lossless[21] = lossless[22] = lossless[23] = (byte) 0xFF;
        lossless[24] |= 0x0F;
        byte[] lossy = EncodedImages.WEBP_LOSSY.clone();
        lossy[26] = lossy[28] = (byte) 0xFF;
        lossy[27] = lossy[29] = (byte) 0x3F;
        byte[] animated = EncodedImages.WEBP_ANIMATED.clone();
        for (int i = 24; i < 30; i += 3) {
            animated[i] = (byte) (64_999 & 0xFF);
            animated[i + 1] = (byte) (64_999 >> 8);
        }
        return Stream.of(
                jpeg, png, largestPng, lossless, lossy, animated, Arrays.copyOf(png, 40), Arrays.copyOf(lossy, 30));
    }

    @ParameterizedTest
    @MethodSource("headerBombs")
    void aHeaderBombIsRefusedAndCostsNoMemory(byte[] bomb) {
        reason(bomb);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Reason reason = reason(bomb);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(reason).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(allocated).isLessThan(64_000);
    }

    @Test
    void anImageThatNeedsMoreMemoryThanIsSetAsideIsRefused() {
        ImageDecoder small = new ImageDecoder(ImageLimits.DEFAULT, new ImageIoJpeg(), 1);
        byte[] png = EncodedImages.png(EncodedImages.quarters(700, 700));
        assertThat(reason(small, png)).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(small, EncodedImages.WEBP_PALETTE)).isNull();
    }

    @Test
    void compressedProfilesAndTextsAreNeverInflated() {
        byte[] junk = new byte[5_000];
        Arrays.fill(junk, (byte) 0xAA);
        byte[] rows = new byte[64 * (1 + 64)];
        byte[] png = EncodedImages.png(
                64, 64, 8, 0, rows, chunk("iCCP", junk), chunk("zTXt", junk), chunk("iTXt", junk), chunk("acTL", junk));
        assertThat(accepted(png).pixels().at(3, 3, 1)).isZero();
    }

    static Stream<byte[]> damagedPng() {
        byte[] png = EncodedImages.png(EncodedImages.waves(64, 64, BufferedImage.TYPE_INT_RGB));
        byte[] wrongSum = png.clone();
        wrongSum[60] ^= 1;
        return Stream.of(
                Arrays.copyOf(png, png.length / 2),
                Arrays.copyOf(png, png.length - 12),
                wrongSum,
                EncodedImages.png(64, 64, 8, 2, new byte[64 * 193 - 1]),
                EncodedImages.png(64, 64, 8, 2, new byte[64 * 193 + 5_000]),
                EncodedImages.png(64, 64, 3, 2, new byte[64 * 193]),
                EncodedImages.png(64, 64, 8, 3, new byte[64 * 65]),
                EncodedImages.png(64, 64, 8, 0, new byte[64 * 65], chunk("CRIT", new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("damagedPng")
    void aDamagedPngIsCorrupt(byte[] png) {
        assertThat(reason(png)).isEqualTo(Reason.CORRUPT_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void exifOrientationIsAppliedInEveryFormat(int orientation) {
        int width = 96;
        int height = 64;
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(width, height));
        byte[] png = EncodedImages.png(EncodedImages.quarters(width, height));
        for (boolean little : new boolean[] {false, true}) {
            byte[] exif = EncodedImages.exif(orientation, little);
            ImageDecoder plain = new ImageDecoder(ImageLimits.DEFAULT, new ImageIoJpeg());
            RgbImage upright = accepted(EncodedImages.png(EncodedImages.quarters(width, height)))
                    .pixels();
            for (RgbImage turned : List.of(
                    accepted(EncodedImages.jpegWithExif(jpeg, exif)).pixels(),
                    accepted(plain, EncodedImages.jpegWithExif(jpeg, exif)).pixels(),
                    accepted(EncodedImages.pngWithExif(png, exif)).pixels())) {
                assertTurned(turned, upright, orientation, 6);
            }
            assertTurned(
                    accepted(EncodedImages.webpWithExif(EncodedImages.WEBP_LOSSLESS, 48, 40, exif))
                            .pixels(),
                    accepted(EncodedImages.WEBP_LOSSLESS).pixels(),
                    orientation,
                    0);
        }
    }

    /** Exif 2.32, table of tag 0x0112: where row 0 and column 0 of the stored picture are seen. */
    private static void assertTurned(RgbImage turned, RgbImage stored, int orientation, int tolerance) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        assertThat(turned.width()).isEqualTo(orientation < 5 ? stored.width() : stored.height());
        assertThat(turned.height()).isEqualTo(orientation < 5 ? stored.height() : stored.width());
        for (int y = 3; y < stored.height(); y += 9) {
            for (int x = 4; x < stored.width(); x += 13) {
                int[] seen = switch (orientation) {
                    case 1 -> new int[] {x, y};
                    case 2 -> new int[] {right - x, y};
                    case 3 -> new int[] {right - x, bottom - y};
                    case 4 -> new int[] {x, bottom - y};
                    case 5 -> new int[] {y, x};
                    case 6 -> new int[] {bottom - y, x};
                    case 7 -> new int[] {bottom - y, right - x};
                    default -> new int[] {y, right - x};
                };
                for (int c = 0; c < 3; c++) {
                    assertThat(turned.at(seen[0], seen[1], c)).isCloseTo(stored.at(x, y, c), within(tolerance));
                }
            }
        }
    }

    @Test
    void aDamagedExifBlockIsAsGoodAsNone() {
        byte[] exif = EncodedImages.exif(6, false);
        byte[] farAway = exif.clone();
        farAway[4] = (byte) 0xFF;
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(80, 64));
        for (byte[] bad : List.of(Arrays.copyOf(exif, 20), farAway, EncodedImages.exif(9, true), new byte[0])) {
            assertThat(accepted(EncodedImages.jpegWithExif(jpeg, bad)).pixels().width())
                    .isEqualTo(80);
        }
    }

    @Test
    void sixteenBitsAreRoundedToEight() {
        byte[] rows = new byte[40 * (1 + 40 * 6)];
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                int at = y * 241 + 1 + 6 * x;
                rows[at] = (byte) 0x80;
                rows[at + 1] = (byte) 0xFF;
                rows[at + 2] = (byte) 0xFF;
                rows[at + 3] = (byte) 0xFF;
            }
        }
        RgbImage image = accepted(EncodedImages.png(40, 40, 16, 2, rows)).pixels();
        assertThat(List.of(image.at(9, 9, 0), image.at(9, 9, 1), image.at(9, 9, 2)))
                .containsExactly(0x80, 255, 0);
    }

    @Test
    void greyStaysAsBrightAsItIs() {
        BufferedImage grey = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(7, 8, 0, 100);
        assertThat(accepted(EncodedImages.png(grey)).pixels().at(7, 8, 2)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void palettesOfEveryDepthAreLookedUpAndLaidOverWhite(int depth) {
        int bytes = 40 * depth / 8;
        byte[] rows = new byte[40 * (1 + bytes)];
        for (int y = 0; y < 40; y++) {
            Arrays.fill(rows, y * (1 + bytes) + 1, (y + 1) * (1 + bytes), (byte) (1 << (8 - depth)));
        }
        byte[] png = EncodedImages.png(
                40, 40, depth, 3, rows, chunk("PLTE", new byte[] {0, 0, 0, 10, 20, 30}), chunk("tRNS", new byte[] {0}));
        RgbImage image = accepted(png).pixels();
        assertThat(List.of(image.at(0, 5, 0), image.at(0, 5, 1), image.at(0, 5, 2)))
                .containsExactly(10, 20, 30);
        assertThat(image.at(1, 5, 0)).isEqualTo(depth == 8 ? 10 : 255);
    }

    @Test
    void filteredPngsComeOutAsTheyWentIn() {
        BufferedImage waves = EncodedImages.waves(121, 67, BufferedImage.TYPE_INT_RGB);
        RgbImage image = accepted(EncodedImages.png(waves)).pixels();
        for (int y = 0; y < 67; y++) {
            for (int x = 0; x < 121; x++) {
                int rgb = image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2);
                assertThat(rgb).isEqualTo(waves.getRGB(x, y) & 0xFFFFFF);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "33, 47", "121, 67", "40, 35", "37, 32"})
    void interlacedPngsAreTheSameAsPlainOnes(int width, int height) {
        for (int type : new int[] {
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED
        }) {
            BufferedImage waves = EncodedImages.waves(width, height, type);
            byte[] interlaced = EncodedImages.interlacedPng(waves);
            assertThat(interlaced[28]).as("interlace method").isEqualTo((byte) 1);

            byte[] plain = EncodedImages.png(waves);
            assertThat(plain[28]).isZero();
            assertThat(accepted(interlaced).pixels().rgb())
                    .as("type %d", type)
                    .isEqualTo(accepted(plain).pixels().rgb());
        }
    }

    @Test
    void anInterlacedPngThatEndsEarlyIsCorrupt() {
        byte[] rows = new byte[64 * 193 / 2];
        byte[] png = EncodedImages.png(64, 64, 8, 2, rows);
        png[28] = 1;
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertThat(reason(png)).isEqualTo(Reason.CORRUPT_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "4, 7", "8, 200", "16, 51400"})
    void theOneTransparentGreyIsWhiteAndItsNeighbourIsNot(int depth, int key) {
        byte[] row = new byte[1 + 40 * depth / 8];
        put(row, depth, 0, key);
        put(row, depth, 1, key - 1);
        byte[] transparency = {(byte) (key >> 8), (byte) key};
        RgbImage image = accepted(EncodedImages.png(40, 40, depth, 0, repeated(row), chunk("tRNS", transparency)))
                .pixels();
        assertThat(image.at(0, 3, 1)).isEqualTo(255);
        assertThat(image.at(1, 3, 1)).isEqualTo((int) Math.round((key - 1) * 255.0 / ((1 << depth) - 1)));
        assertThat(image.at(2, 3, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void theOneTransparentColourIsWhiteOnlyWhereAllOfItIsThere(int depth) {
        int[] key = depth == 8 ? new int[] {10, 20, 30} : new int[] {2570, 5140, 7710};
        byte[] row = new byte[1 + 40 * 3 * depth / 8];
        byte[] transparency = new byte[6];
        for (int channel = 0; channel < 3; channel++) {
            put(row, depth, channel, key[channel]);
            put(row, depth, 3 + channel, key[channel] + (channel == 2 ? 1 : 0));
            put(row, depth, 6 + channel, key[channel] + (channel == 0 ? 1 : 0));
            transparency[2 * channel] = (byte) (key[channel] >> 8);
            transparency[2 * channel + 1] = (byte) key[channel];
        }
        RgbImage image = accepted(EncodedImages.png(40, 40, depth, 2, repeated(row), chunk("tRNS", transparency)))
                .pixels();
        for (int channel = 0; channel < 3; channel++) {
            assertThat(image.at(0, 7, channel)).isEqualTo(255);
            assertThat(image.at(1, 7, channel)).isCloseTo(10 * (channel + 1), within(1));
            assertThat(image.at(2, 7, channel)).isCloseTo(10 * (channel + 1), within(1));
        }
    }

    @Test
    void aTransparentColourOfTheWrongLengthIsCorrupt() {
        byte[] rows = new byte[40 * (1 + 3 * 40)];
        assertThat(reason(EncodedImages.png(40, 40, 8, 2, rows, chunk("tRNS", new byte[2]))))
                .isEqualTo(Reason.CORRUPT_IMAGE);
        assertThat(reason(EncodedImages.png(40, 40, 8, 0, new byte[40 * 41], chunk("tRNS", new byte[6]))))
                .isEqualTo(Reason.CORRUPT_IMAGE);
    }

    /** Writes one sample of an unfiltered PNG row. */
    private static void put(byte[] row, int depth, int index, int value) {
        if (depth == 16) {
            row[1 + 2 * index] = (byte) (value >> 8);
            row[2 + 2 * index] = (byte) value;
        } else {
            int bit = index * depth;
            row[1 + bit / 8] |= (byte) (value << (8 - depth - bit % 8));
        }
    }

    private static byte[] repeated(byte[] row) {
        byte[] rows = new byte[40 * row.length];
        for (int y = 0; y < 40; y++) {
            System.arraycopy(row, 0, rows, y * row.length, row.length);
        }
        return rows;
    }

    @Test
    void transparencyIsLaidOverWhite() {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(2, 2, 0x80FF0000);
        RgbImage seen = accepted(EncodedImages.png(image)).pixels();
        assertThat(seen.at(0, 0, 0)).isEqualTo(255);
        assertThat(List.of(seen.at(2, 2, 0), seen.at(2, 2, 1))).containsExactly(255, 127);
    }

    @Test
    void losslessWebpIsExact() {
        RgbImage opaque = accepted(EncodedImages.WEBP_LOSSLESS).pixels();
        RgbImage over = accepted(EncodedImages.WEBP_LOSSLESS_ALPHA).pixels();
        RgbImage first = accepted(EncodedImages.WEBP_ANIMATED).pixels();
        for (int y = 0; y < EncodedImages.FIXTURE_HEIGHT; y++) {
            for (int x = 0; x < EncodedImages.FIXTURE_WIDTH; x++) {
                int[] busy = EncodedImages.busy(x, y);
                for (int c = 0; c < 3; c++) {
                    assertThat(opaque.at(x, y, c)).isEqualTo(busy[c]);
                    double white = (busy[c] * busy[3] + 255.0 * (255 - busy[3])) / 255;
                    assertThat((double) over.at(x, y, c)).isCloseTo(white, within(0.51));
                    assertThat(first.at(x, y, c)).isCloseTo(EncodedImages.smooth(x, y)[c], within(24));
                }
            }
        }
    }

    @Test
    void bundledPaletteIndicesOfALosslessWebpAreLookedUp() {
        RgbImage image = accepted(EncodedImages.WEBP_PALETTE).pixels();
        long colours = IntStream.range(0, 48 * 40)
                .map(i -> image.at(i % 48, i / 48, 0) << 16
                        | image.at(i % 48, i / 48, 1) << 8
                        | image.at(i % 48, i / 48, 2))
                .distinct()
                .count();
        assertThat(colours).isEqualTo(11);
        for (int i = 0; i < 48 * 40; i++) {
            for (int c = 0; c < 3; c++) {
                assertThat(image.at(i % 48, i / 48, c)).isCloseTo(EncodedImages.smooth(i % 48, i / 48)[c], within(60));
            }
        }
    }

    @Test
    void lossyWebpIsClose() {
        for (byte[] webp : List.of(EncodedImages.WEBP_LOSSY, EncodedImages.WEBP_LOSSY_ALPHA)) {
            RgbImage image = accepted(webp).pixels();
            double sum = 0;
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 24; x++) {
                    for (int c = 0; c < 3; c++) {
                        sum += Math.abs(image.at(x, y, c) - EncodedImages.smooth(x, y)[c]);
                    }
                }
            }
            assertThat(sum / (40 * 24 * 3)).isLessThan(10);
        }
        RgbImage over = accepted(EncodedImages.WEBP_LOSSY_ALPHA).pixels();
        assertThat(List.of(over.at(40, 0, 0), over.at(40, 0, 1), over.at(40, 0, 2)))
                .containsExactly(255, 255, 255);
    }

    @Test
    void oneDecoderServesManyThreads() {
        ImageDecoder tight = new ImageDecoder(ImageLimits.DEFAULT, new ImageIoJpeg(), 2);
        for (ImageDecoder decoder : List.of(DECODER, tight)) {
            byte[] alone = accepted(decoder, VALID.getFirst()).pixels().rgb();
            assertThat(IntStream.range(0, 200)
                            .parallel()
                            .mapToObj(i ->
                                    accepted(decoder, VALID.getFirst()).pixels().rgb())
                            .allMatch(rgb -> Arrays.equals(rgb, alone)))
                    .isTrue();
        }
    }

    @Test
    void theSampleStaysTheCallersAndUntouched() {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quarters(64, 64));
        byte[] copy = jpeg.clone();
        accepted(jpeg);
        assertThat(jpeg).isEqualTo(copy);
    }

    private static final List<byte[]> VALID = List.of(
            EncodedImages.jpeg(EncodedImages.waves(64, 48, BufferedImage.TYPE_INT_RGB)),
            EncodedImages.jpeg(EncodedImages.waves(49, 64, BufferedImage.TYPE_INT_RGB), true, false, 0),
            EncodedImages.jpegWithExif(EncodedImages.jpeg(EncodedImages.quarters(40, 40)), EncodedImages.exif(6, true)),
            EncodedImages.png(EncodedImages.waves(64, 48, BufferedImage.TYPE_INT_RGB)),
            EncodedImages.JPEG_CMYK,
            EncodedImages.WEBP_LOSSY,
            EncodedImages.WEBP_LOSSY_ALPHA,
            EncodedImages.WEBP_LOSSLESS,
            EncodedImages.WEBP_LOSSLESS_ALPHA,
            EncodedImages.WEBP_PALETTE,
            EncodedImages.WEBP_ANIMATED);

    @Property(tries = 1500, seed = "20261121")
    void flippedBitsAreAPictureOrARefusal(
            @ForAll @IntRange(max = 10) int file, @ForAll @Size(min = 1, max = 8) List<Integer> bits) {
        byte[] bytes = VALID.get(file).clone();
        for (int bit : bits) {
            int at = Math.floorMod(bit, 8 * bytes.length);
            bytes[at / 8] ^= (byte) (1 << at % 8);
        }
        for (ImageDecoder decoder : List.of(DECODER, new ImageDecoder(ImageLimits.DEFAULT, new ImageIoJpeg()))) {
            assertSound(decoder.decode(new CapturedSample(bytes)), ImageLimits.DEFAULT);
        }
    }

    @Property(tries = 400, seed = "20261121")
    void aTruncatedFileIsNeverAPicture(@ForAll @IntRange(max = 10) int file, @ForAll @IntRange(max = 9_999) int share) {
        byte[] whole = VALID.get(file);
        byte[] cut = Arrays.copyOf(whole, (int) ((long) share * whole.length / 10_000));
        assertThat(reason(cut)).isIn(Reason.EMPTY_SAMPLE, Reason.UNSUPPORTED_FORMAT, Reason.CORRUPT_IMAGE);
    }

    static void assertSound(Outcome<DecodedImage> outcome, ImageLimits limits) {
        switch (outcome) {
            case Outcome.Accepted<DecodedImage>(DecodedImage image) -> {
                assertThat((long) image.pixels().width() * image.pixels().height())
                        .isLessThanOrEqualTo(limits.maxPixels());
                assertThat(Math.min(image.pixels().width(), image.pixels().height()))
                        .isGreaterThanOrEqualTo(limits.minSide());
            }
            case Outcome.Refused<DecodedImage>(var refusal) ->
                assertThat(refusal.detail()).isNotBlank();
        }
    }

    private static DecodedImage accepted(byte[] bytes) {
        return accepted(DECODER, bytes);
    }

    private static DecodedImage accepted(ImageDecoder decoder, byte[] bytes) {
        return switch (decoder.decode(new CapturedSample(bytes))) {
            case Outcome.Accepted<DecodedImage>(DecodedImage image) -> image;
            case Outcome.Refused<DecodedImage>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static Reason reason(byte[] bytes) {
        return reason(DECODER, bytes);
    }

    /** Null when accepted. */
    private static Reason reason(ImageDecoder decoder, byte[] bytes) {
        return switch (decoder.decode(new CapturedSample(bytes))) {
            case Outcome.Accepted<DecodedImage> _ -> null;
            case Outcome.Refused<DecodedImage>(var refusal) -> refusal.reason();
        };
    }
}
