package org.vultus.biometrics.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No bytes whatever make the decoder throw. The ordinary build runs the seeds below; to search for more, one test at a time:
 * {@code JAZZER_FUZZ=1 ./mvnw test -pl biometrics -Dtest=ImageDecoderFuzzTest#nativeCodec -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ImageDecoderFuzzTest {
    private static final ImageLimits SMALL = new ImageLimits(100_000, 200_000, 8);
    private static final ImageDecoder NATIVE = new ImageDecoder(SMALL);
    private static final ImageDecoder PLAIN = new ImageDecoder(SMALL, new ImageIoJpeg());

    static Stream<byte[]> seeds() {
        BufferedImage image = EncodedImages.waves(40, 33, BufferedImage.TYPE_INT_RGB);
        return Stream.of(
                EncodedImages.jpegWithExif(EncodedImages.jpeg(image), EncodedImages.exif(6, false)),
                EncodedImages.jpeg(image, true, false, 2),
                EncodedImages.jpeg(EncodedImages.waves(40, 40, BufferedImage.TYPE_BYTE_GRAY)),
                EncodedImages.JPEG_CMYK,
                EncodedImages.png(image),
                EncodedImages.pngWithExif(EncodedImages.png(image), EncodedImages.exif(8, true)),
                EncodedImages.WEBP_LOSSY,
                EncodedImages.WEBP_LOSSY_ALPHA,
                EncodedImages.WEBP_LOSSLESS,
                EncodedImages.WEBP_LOSSLESS_ALPHA,
                EncodedImages.WEBP_PALETTE,
                EncodedImages.WEBP_ANIMATED);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void nativeCodec(byte[] bytes) {
        ImageDecoderTest.assertSound(NATIVE.decode(new CapturedSample(bytes)), SMALL);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void plainCodec(byte[] bytes) {
        ImageDecoderTest.assertSound(PLAIN.decode(new CapturedSample(bytes)), SMALL);
    }
}
