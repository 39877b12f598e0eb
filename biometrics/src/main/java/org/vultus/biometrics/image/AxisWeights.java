package org.vultus.biometrics.image;

/**
 * The triangle filter along one axis: which source pixels make each target pixel, and with what weight. Weights are integers
 * that add up to exactly {@code 1 << bits} where the whole filter lies inside the source, and to less where a part of it
 * lies outside, on black.
 *
 * <p>The weights of target pixel {@code i} are {@code weights[i × stride + k]} for the source pixels
 * {@code first[i] + k, 0 ≤ k < taps[i]}; all of these lie inside the source.
 */
record AxisWeights(int[] first, int[] taps, int stride, int[] weights) {

    /** {@link #stride} is a multiple of this; the weights past the last tap are zero. */
    static final int STRIDE = 4;

    /** For {@code count} target pixels that share the source interval of {@code length} pixels from {@code start} on. */
    static AxisWeights of(double start, double length, int count, int sourceSize, int bits) {
        double step = length / count;
        double radius = Math.max(1, step);
        int most = (int) Math.min(Math.ceil(2 * radius), sourceSize);
        int stride = (most + STRIDE - 1) / STRIDE * STRIDE;
        int[] first = new int[count];
        int[] taps = new int[count];
        int[] weights = new int[count * stride];
        for (int i = 0; i < count; i++) {
            double centre = start + (i + 0.5) * step;
            double low = Math.floor(centre - radius - 0.5) + 1;
            double high = Math.ceil(centre + radius - 0.5);
            double total = 0;
            for (double p = low; p < high; p++) {
                total += 1 - Math.abs(p + 0.5 - centre) / radius;
            }
            int from = (int) Math.clamp(low, 0.0, sourceSize);
            int to = (int) Math.clamp(high, from, sourceSize);
            first[i] = from;
            taps[i] = to - from;
            // Rounding the running sum instead of each weight makes the weights add up exactly.
            double unit = (1 << bits) / total;
            double sum = 0;
            long before = 0;
            for (double p = low; p < high; p++) {
                sum += unit * (1 - Math.abs(p + 0.5 - centre) / radius);
                long rounded = Math.round(sum);
                if (p >= from && p < to) {
                    weights[i * stride + (int) p - from] = (int) (rounded - before);
                }
                before = rounded;
            }
        }
        return new AxisWeights(first, taps, stride, weights);
    }
}
