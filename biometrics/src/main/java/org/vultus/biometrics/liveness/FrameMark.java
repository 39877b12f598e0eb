package org.vultus.biometrics.liveness;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.quality.HeadPose;

/**
 * What tells one frame from another, and no picture can be made of.
 *
 * @param pixels a checksum of all of them, equal for the very same picture, however it is packed. Whoever wants two pictures to
 *     differ changes a pixel, and gains nothing from two that agree: so it is quick and no cryptographic digest
 * @param look see {@link PerceptualHash}
 * @param grain how its background differs from the next
 * @param posture where the face is and how it stands
 */
public record FrameMark(long pixels, long look, FrameGrain grain, Posture posture) {

    /** Without a grain and a posture. */
    public FrameMark(long pixels, long look) {
        this(pixels, look, FrameGrain.NONE, Posture.NONE);
    }

    public static FrameMark of(RgbImage image, Landmarks landmarks, HeadPose pose) {
        return new FrameMark(
                checksum(new CRC32(), image) << 32 | checksum(new CRC32C(), image),
                PerceptualHash.of(image, landmarks),
                FrameGrain.of(image),
                Posture.of(landmarks, pose, image.width()));
    }

    private static long checksum(Checksum checksum, RgbImage image) {
        checksum.update(image.rgb());
        return checksum.getValue() + image.width() & 0xFFFF_FFFFL;
    }
}
