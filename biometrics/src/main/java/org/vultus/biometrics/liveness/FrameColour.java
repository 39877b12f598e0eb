package org.vultus.biometrics.liveness;

import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/**
 * The mean colour of the skin between eyes and chin and of what is beside the head, each channel 0–255. Where the head fills the
 * frame there is no background, and its channels are those of the frame's upper corners.
 */
public record FrameColour(
        double skinRed,
        double skinGreen,
        double skinBlue,
        double backgroundRed,
        double backgroundGreen,
        double backgroundBlue) {

    /** Samples along each side of a patch: enough for a mean that sensor noise moves by less than a level. */
    private static final int GRID = 24;

    /** @param face the detector's box */
    public static FrameColour of(RgbImage image, Region face) {
        double[] skin = mean(
                image,
                new Region(
                        face.x() + 0.25 * face.width(),
                        face.y() + 0.45 * face.height(),
                        0.5 * face.width(),
                        0.3 * face.height()));
        double side = Math.max(1, image.width() * 0.1);
        double[] left = mean(image, new Region(0, 0, side, image.height() * 0.3));
        double[] right = mean(image, new Region(image.width() - side, 0, side, image.height() * 0.3));
        return new FrameColour(
                skin[0],
                skin[1],
                skin[2],
                (left[0] + right[0]) / 2,
                (left[1] + right[1]) / 2,
                (left[2] + right[2]) / 2);
    }

    private static double[] mean(RgbImage image, Region patch) {
        double[] sum = new double[3];
        for (int j = 0; j < GRID; j++) {
            int y = Math.clamp((int) (patch.y() + (j + 0.5) * patch.height() / GRID), 0, image.height() - 1);
            for (int i = 0; i < GRID; i++) {
                int x = Math.clamp((int) (patch.x() + (i + 0.5) * patch.width() / GRID), 0, image.width() - 1);
                for (int c = 0; c < 3; c++) {
                    sum[c] += image.at(x, y, c);
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            sum[c] /= GRID * GRID;
        }
        return sum;
    }
}
