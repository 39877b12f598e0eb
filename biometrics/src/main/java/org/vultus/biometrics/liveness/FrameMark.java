package org.vultus.biometrics.liveness;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.RgbImage;

/**
 * What tells one frame from another, and no picture can be made of.
 *
 * @param pixels a checksum of all of them, equal for the very same picture, however it is packed. Whoever wants two pictures to
 *     differ changes a pixel, and gains nothing from two that agree: so it is quick and no cryptographic digest
 * @param look see {@link PerceptualHash}
 * @param grain how its background differs from the next
 */
public record FrameMark(long pixels, long look, FrameGrain grain) {

    /** Without a grain. */
    public FrameMark(long pixels, long look) {
        this(pixels, look, FrameGrain.NONE);
    }

    public static FrameMark of(RgbImage image, Landmarks landmarks) {
        return new FrameMark(
                checksum(new CRC32(), image) << 32 | checksum(new CRC32C(), image),
                PerceptualHash.of(image, landmarks),
                FrameGrain.of(image));
    }

    private static long checksum(Checksum checksum, RgbImage image) {
        checksum.update(image.rgb());
        return checksum.getValue() + image.width() & 0xFFFF_FFFFL;
    }
}
