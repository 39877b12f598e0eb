package org.vultus.biometrics.image;

import java.util.Arrays;
import org.vultus.biometrics.simd.VectorApi;

/**
 * Crops, scales and warps images. Shrinking is anti-aliased: every source pixel under a target pixel counts, with triangle
 * weights as wide as the target pixel (the "bilinear" filter of Pillow); enlarging is bilinear. What lies outside the source
 * is black, as the networks were trained. Stateless, safe for several threads.
 *
 * <p>Crops and warps that shrink up to {@value #DIRECT_RADIUS} times are within one or two grey levels of that filter in exact
 * arithmetic; a warp that shrinks more first crops to about a half of that, which differs by a level or so on photographs.
 *
 * <p>Both passes of a crop run over contiguous numbers: first the columns, a whole line of bytes at a time, then the rows. The
 * scratch lines live for one call and are left to the garbage collector as they are.
 */
public final class Resampling {
    // A sample has 8 bits. After the columns 7 fractional bits are kept; 15 + 16 bits then just fit an int.
    private static final int COLUMN_BITS = 15;
    private static final int ROW_BITS = 16;
    private static final int FRACTION_BITS = 7;
    static final int DROPPED_BITS = COLUMN_BITS - FRACTION_BITS;
    static final int HALF_DROPPED = 1 << (DROPPED_BITS - 1);
    static final int TOTAL_BITS = ROW_BITS + FRACTION_BITS;
    static final int HALF_TOTAL = 1 << (TOTAL_BITS - 1);

    // A warp rounds the filter's place to a 256th of a pixel; 8 + 12 + 11 bits just fit an int.
    private static final int PHASE_BITS = 8;
    private static final int PHASES = 1 << PHASE_BITS;
    private static final long HALF_PHASE = 1L << (31 - PHASE_BITS);
    private static final int PHASE_X_BITS = 12;
    private static final int PHASE_Y_BITS = TOTAL_BITS - PHASE_X_BITS;
    // From about here on shrinking before the warp is quicker than many taps in it.
    private static final double DIRECT_RADIUS = 3;

    /** How many numbers the vector form takes at once, and how much longer than needed its scratch lines are. */
    static final int LANES = 8;

    private static final boolean SIMD = VectorApi.available() && VectorResampling.isQuicker();

    private Resampling() {}

    /** The part of {@code source} under {@code region}, as {@code width × height} pixels. */
    public static RgbImage crop(RgbImage source, Region region, int width, int height) {
        return crop(source, region, width, height, SIMD);
    }

    static RgbImage crop(RgbImage source, Region region, int width, int height, boolean simd) {
        RgbImage target = new RgbImage(width, height);
        AxisWeights rows = AxisWeights.of(region.y(), region.height(), height, source.height(), COLUMN_BITS);
        AxisWeights columns = AxisWeights.of(region.x(), region.width(), width, source.width(), ROW_BITS);
        int left = source.width();
        int right = 0;
        for (int x = 0; x < width; x++) {
            if (columns.taps()[x] > 0) {
                left = Math.min(left, columns.first()[x]);
                right = Math.max(right, columns.first()[x] + columns.taps()[x]);
            }
        }
        if (left >= right) {
            return target;
        }
        int[] paired = simd ? VectorResampling.paired(columns.weights(), columns.stride()) : columns.weights();
        int[] line = new int[3 * (right - left) + LANES];
        int[] sums = new int[3 * width + LANES];
        for (int y = 0; y < height; y++) {
            if (rows.taps()[y] > 0) {
                if (simd) {
                    VectorResampling.sumColumns(source, rows, y, left, line);
                    VectorResampling.sumRow(line, columns, paired, left, sums);
                } else {
                    sumColumns(source, rows, y, left, line);
                    sumRow(line, columns, left, sums);
                }
                narrow(sums, target.rgb(), 3 * y * width, 3 * width, simd);
            }
        }
        return target;
    }

    private static void sumColumns(RgbImage source, AxisWeights rows, int y, int left, int[] line) {
        byte[] rgb = source.rgb();
        int pitch = 3 * source.width();
        int from = rows.first()[y] * pitch + 3 * left;
        int[] weights = rows.weights();
        int w = y * rows.stride();
        int n = line.length - LANES;
        Arrays.fill(line, HALF_DROPPED);
        for (int k = 0; k < rows.taps()[y]; k++) {
            int weight = weights[w + k];
            int at = from + k * pitch;
            for (int i = 0; i < n; i++) {
                line[i] += weight * (rgb[at + i] & 0xFF);
            }
        }
        for (int i = 0; i < n; i++) {
            line[i] >>= DROPPED_BITS;
        }
    }

    private static void sumRow(int[] line, AxisWeights columns, int left, int[] sums) {
        int[] first = columns.first();
        int[] taps = columns.taps();
        int[] weights = columns.weights();
        int stride = columns.stride();
        for (int x = 0; x < first.length; x++) {
            int r = HALF_TOTAL;
            int g = HALF_TOTAL;
            int b = HALF_TOTAL;
            int p = 3 * (first[x] - left);
            int w = x * stride;
            for (int end = w + taps[x]; w < end; w++, p += 3) {
                int weight = weights[w];
                r += weight * line[p];
                g += weight * line[p + 1];
                b += weight * line[p + 2];
            }
            sums[3 * x] = r;
            sums[3 * x + 1] = g;
            sums[3 * x + 2] = b;
        }
    }

    private static void narrow(int[] sums, byte[] out, int at, int n, boolean simd) {
        for (int i = simd ? VectorResampling.narrow(sums, out, at, n) : 0; i < n; i++) {
            out[at + i] = (byte) (sums[i] >> TOTAL_BITS);
        }
    }

    /**
     * Draws {@code source} through {@code toTarget}, which maps source coordinates to coordinates of the target of
     * {@code width × height} pixels.
     */
    public static RgbImage warp(RgbImage source, SimilarityTransform toTarget, int width, int height) {
        return warp(source, toTarget, width, height, SIMD);
    }

    static RgbImage warp(RgbImage source, SimilarityTransform toTarget, int width, int height, boolean simd) {
        SimilarityTransform back = toTarget.inverse();
        double radius = Math.max(1, back.scale());
        if (radius <= DIRECT_RADIUS) {
            return draw(source, back, radius, width, height, simd);
        }
        // Two triangle filters in turn blur like one when the squares of their radii add up to its square.
        double first = radius / 2;
        double second = Math.sqrt(radius * radius - first * first);
        Region region = footprint(back, width, height, radius + 1, source);
        int w = (int) Math.ceil(region.width() / first);
        int h = (int) Math.ceil(region.height() / first);
        try (RgbImage shrunk = crop(source, new Region(region.x(), region.y(), w * first, h * first), w, h, simd)) {
            SimilarityTransform toShrunk =
                    new SimilarityTransform(1 / first, 0, -region.x() / first, -region.y() / first);
            return draw(shrunk, back.then(toShrunk), second / first, width, height, simd);
        }
    }

    /** What the target sees of the source, and {@code margin} more; at most {@code margin} of it is outside the source. */
    private static Region footprint(SimilarityTransform back, int width, int height, double margin, RgbImage source) {
        double cx = back.applyX(width / 2.0, height / 2.0);
        double cy = back.applyY(width / 2.0, height / 2.0);
        double rx = (Math.abs(back.a()) * width + Math.abs(back.b()) * height) / 2 + margin;
        double ry = (Math.abs(back.b()) * width + Math.abs(back.a()) * height) / 2 + margin;
        double left = Math.clamp(cx - rx, -margin, source.width() + margin - 1);
        double top = Math.clamp(cy - ry, -margin, source.height() + margin - 1);
        return new Region(
                left,
                top,
                Math.clamp(cx + rx, left + 1, source.width() + margin) - left,
                Math.clamp(cy + ry, top + 1, source.height() + margin) - top);
    }

    private static RgbImage draw(
            RgbImage source, SimilarityTransform back, double radius, int width, int height, boolean simd) {
        RgbImage target = new RgbImage(width, height);
        int taps = (int) Math.ceil(2 * radius);
        int[] wx = phases(radius, taps, PHASE_X_BITS);
        int[] wy = phases(radius, taps, PHASE_Y_BITS);
        long stepX = fixed(back.a());
        long stepY = fixed(back.b());
        int pairs = (taps + 1) / 2;
        int[] paired = simd ? VectorResampling.paired(wx, taps) : wx;
        byte[] rgb = source.rgb();
        int pitch = 3 * source.width();
        // A vector load takes eight bytes for the six of a pair: two more must follow the last pair.
        int lastX = source.width() - 2 * pairs - 1;
        int lastY = source.height() - taps;
        int[] sums = new int[3 * width + LANES];
        for (int y = 0; y < height; y++) {
            long fx = fixed(back.applyX(0.5, y + 0.5) - radius - 0.5) + HALF_PHASE;
            long fy = fixed(back.applyY(0.5, y + 0.5) - radius - 0.5) + HALF_PHASE;
            for (int x = 0; x < width; x++, fx += stepX, fy += stepY) {
                int left = (int) (fx >> 32) + 1;
                int top = (int) (fy >> 32) + 1;
                int px = (int) (fx >>> (32 - PHASE_BITS)) & (PHASES - 1);
                int py = ((int) (fy >>> (32 - PHASE_BITS)) & (PHASES - 1)) * taps;
                if (simd && left >= 0 && top >= 0 && left <= lastX && top <= lastY) {
                    int from = 3 * left + top * pitch;
                    VectorResampling.filter(
                            rgb, from, pitch, paired, px * pairs * LANES, pairs, wy, py, taps, sums, 3 * x);
                } else {
                    filter(source, left, top, wx, px * taps, wy, py, taps, sums, 3 * x);
                }
            }
            narrow(sums, target.rgb(), 3 * y * width, 3 * width, simd);
        }
        return target;
    }

    private static long fixed(double value) {
        return Math.round(value * (1L << 32));
    }

    /** The weights of {@code taps} pixels for each position of the filter's centre between two pixels. */
    private static int[] phases(double radius, int taps, int bits) {
        int[] weights = new int[PHASES * taps];
        for (int phase = 0; phase < PHASES; phase++) {
            double shift = 1 - radius - (double) phase / PHASES;
            double total = 0;
            for (int k = 0; k < taps; k++) {
                total += Math.max(0, 1 - Math.abs(k + shift) / radius);
            }
            double unit = (1 << bits) / total;
            double sum = 0.5;
            int before = 0;
            for (int k = 0; k < taps; k++) {
                sum += unit * Math.max(0, 1 - Math.abs(k + shift) / radius);
                weights[phase * taps + k] = (int) sum - before;
                before = (int) sum;
            }
        }
        return weights;
    }

    private static void filter(
            RgbImage source, int left, int top, int[] wx, int px, int[] wy, int py, int taps, int[] sums, int at) {
        byte[] rgb = source.rgb();
        int r = HALF_TOTAL;
        int g = HALF_TOTAL;
        int b = HALF_TOTAL;
        for (int j = Math.max(0, -top); j < Math.min(taps, source.height() - top); j++) {
            int rowR = 0;
            int rowG = 0;
            int rowB = 0;
            for (int i = Math.max(0, -left); i < Math.min(taps, source.width() - left); i++) {
                int p = 3 * ((top + j) * source.width() + left + i);
                int weight = wx[px + i];
                rowR += weight * (rgb[p] & 0xFF);
                rowG += weight * (rgb[p + 1] & 0xFF);
                rowB += weight * (rgb[p + 2] & 0xFF);
            }
            int weight = wy[py + j];
            r += weight * rowR;
            g += weight * rowG;
            b += weight * rowB;
        }
        sums[at] = r;
        sums[at + 1] = g;
        sums[at + 2] = b;
    }

    /** The image seen in a mirror: left and right exchanged. */
    public static RgbImage mirror(RgbImage source) {
        int w = source.width();
        RgbImage target = new RgbImage(w, source.height());
        byte[] from = source.rgb();
        byte[] to = target.rgb();
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < w; x++) {
                int s = 3 * (y * w + x);
                int t = 3 * (y * w + w - 1 - x);
                to[t] = from[s];
                to[t + 1] = from[s + 1];
                to[t + 2] = from[s + 2];
            }
        }
        return target;
    }
}
