package org.vultus.onnx;

import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/**
 * Shrinks as OpenCV's {@code resize} does by default ({@code INTER_LINEAR}): each target pixel is interpolated from the four
 * source pixels around its centre, and what lies between is skipped. The aliases of it are wanted by a network that was
 * trained to see the grid of a screen and the raster of a print; {@code Resampling} smooths them away.
 */
final class LinearResize {
    /** OpenCV's weights have 11 fractional bits (imgproc, resize.cpp). */
    private static final int BITS = 11;

    private LinearResize() {}

    /** @param region lies inside {@code source} */
    static RgbImage crop(RgbImage source, Region region, int width, int height) {
        Taps columns = Taps.of(region.x(), region.width(), width, source.width());
        Taps rows = Taps.of(region.y(), region.height(), height, source.height());
        RgbImage target = new RgbImage(width, height);
        byte[] from = source.rgb();
        byte[] to = target.rgb();
        for (int y = 0, i = 0; y < height; y++) {
            int top = 3 * source.width() * rows.first[y];
            int bottom = 3 * source.width() * rows.second[y];
            int down = rows.weight[y];
            for (int x = 0; x < width; x++, i += 3) {
                int left = 3 * columns.first[x];
                int right = 3 * columns.second[x];
                int across = columns.weight[x];
                // Written out: a loop over the three was a fifth slower.
                to[i] = value(from, top + left, top + right, bottom + left, bottom + right, across, down);
                to[i + 1] = value(
                        from, top + left + 1, top + right + 1, bottom + left + 1, bottom + right + 1, across, down);
                to[i + 2] = value(
                        from, top + left + 2, top + right + 2, bottom + left + 2, bottom + right + 2, across, down);
            }
        }
        return target;
    }

    private static byte value(byte[] from, int a, int b, int c, int d, int across, int down) {
        int above = between(from[a], from[b], across);
        int below = between(from[c], from[d], across);
        return (byte) (((above << BITS) + down * (below - above) + (1 << (2 * BITS - 1))) >> (2 * BITS));
    }

    private static int between(byte a, byte b, int weight) {
        return ((a & 0xFF) << BITS) + weight * ((b & 0xFF) - (a & 0xFF));
    }

    /** For each target position the two source pixels around its centre, and the weight of the second. */
    private record Taps(int[] first, int[] second, int[] weight) {

        static Taps of(double start, double length, int count, int limit) {
            Taps taps = new Taps(new int[count], new int[count], new int[count]);
            for (int i = 0; i < count; i++) {
                double centre = Math.clamp(start + (i + 0.5) * length / count - 0.5, 0, limit - 1);
                taps.first[i] = (int) centre;
                taps.second[i] = Math.min(limit - 1, taps.first[i] + 1);
                taps.weight[i] = (int) Math.round((centre - taps.first[i]) * (1 << BITS));
            }
            return taps;
        }
    }
}
