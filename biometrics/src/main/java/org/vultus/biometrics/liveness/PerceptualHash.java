package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/**
 * 64 bits that survive compression and change when the face moves: the difference hash (Krawetz, "Kind of like that", 2013) of
 * 9 × 8 luminances around the face. The crop hangs on the landmarks, because the detector's box jumps by more than a compression
 * changes: on a still head neighbouring frames differ by 0 to 2 bits, on a turning one by 10 to 15 (docs/results/liveness-sessions.md). No face can be
 * made of it.
 */
public final class PerceptualHash {
    private static final int COLUMNS = 8;
    private static final int ROWS = 8;

    private PerceptualHash() {}

    public static long of(RgbImage image, Landmarks landmarks) {
        double reach = Math.max(1, landmarks.point(27).distance(landmarks.point(8)));
        Point middle = landmarks.mean(27, 47);
        Region region = new Region(middle.x() - reach, middle.y() - 0.8 * reach, 2 * reach, 2 * reach);
        long hash = 0;
        try (RgbImage small = Resampling.crop(image, region, COLUMNS + 1, ROWS)) {
            for (int y = 0; y < ROWS; y++) {
                for (int x = 0; x < COLUMNS; x++) {
                    hash = hash << 1 | (luminance(small, x, y) < luminance(small, x + 1, y) ? 1 : 0);
                }
            }
        }
        return hash;
    }

    /** In how many of the 64 bits two hashes differ. */
    public static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }

    private static int luminance(RgbImage image, int x, int y) {
        return 3 * image.at(x, y, 0) + 6 * image.at(x, y, 1) + image.at(x, y, 2);
    }
}
