package org.vultus.biometrics.image;

/** The filter of {@link Resampling} in exact arithmetic, pixel by pixel: what the fast one is measured against. */
final class ExactResampling {

    private ExactResampling() {}

    /** The part of {@code source} under {@code region}, as {@code width × height} pixels. */
    static RgbImage crop(RgbImage source, Region region, int width, int height) {
        RgbImage target = new RgbImage(width, height);
        double sx = region.width() / width;
        double sy = region.height() / height;
        double rx = Math.max(1, sx);
        double ry = Math.max(1, sy);
        for (int y = 0; y < height; y++) {
            double cy = region.y() + (y + 0.5) * sy;
            for (int x = 0; x < width; x++) {
                double cx = region.x() + (x + 0.5) * sx;
                average(source, cx, cy, rx, ry, target.rgb(), 3 * (y * width + x));
            }
        }
        return target;
    }

    /**
     * Draws {@code source} through {@code toTarget}, which maps source coordinates to coordinates of the target of
     * {@code width × height} pixels.
     */
    static RgbImage warp(RgbImage source, SimilarityTransform toTarget, int width, int height) {
        RgbImage target = new RgbImage(width, height);
        SimilarityTransform back = toTarget.inverse();
        double r = Math.max(1, back.scale());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double cx = back.applyX(x + 0.5, y + 0.5);
                double cy = back.applyY(x + 0.5, y + 0.5);
                average(source, cx, cy, r, r, target.rgb(), 3 * (y * width + x));
            }
        }
        return target;
    }

    private static void average(RgbImage source, double cx, double cy, double rx, double ry, byte[] out, int at) {
        byte[] rgb = source.rgb();
        int w = source.width();
        int h = source.height();
        double r = 0;
        double g = 0;
        double b = 0;
        double total = 0;
        for (int y = (int) Math.floor(cy - ry - 0.5) + 1; y + 0.5 < cy + ry; y++) {
            double wy = 1 - Math.abs(y + 0.5 - cy) / ry;
            for (int x = (int) Math.floor(cx - rx - 0.5) + 1; x + 0.5 < cx + rx; x++) {
                double weight = wy * (1 - Math.abs(x + 0.5 - cx) / rx);
                total += weight;
                if (x >= 0 && y >= 0 && x < w && y < h) {
                    int s = 3 * (y * w + x);
                    r += weight * (rgb[s] & 0xFF);
                    g += weight * (rgb[s + 1] & 0xFF);
                    b += weight * (rgb[s + 2] & 0xFF);
                }
            }
        }
        out[at] = (byte) Math.round(r / total);
        out[at + 1] = (byte) Math.round(g / total);
        out[at + 2] = (byte) Math.round(b / total);
    }
}
