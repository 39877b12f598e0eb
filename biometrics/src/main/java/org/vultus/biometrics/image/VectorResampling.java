package org.vultus.biometrics.image;

import static org.vultus.biometrics.image.Resampling.DROPPED_BITS;
import static org.vultus.biometrics.image.Resampling.HALF_DROPPED;
import static org.vultus.biometrics.image.Resampling.HALF_TOTAL;
import static org.vultus.biometrics.image.Resampling.LANES;
import static org.vultus.biometrics.image.Resampling.TOTAL_BITS;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops of {@link Resampling} with the Vector API. */
final class VectorResampling {
    // Two pixels, six numbers, fit 256 bits; five in 512 bits are no quicker, for more has to be added up across them.
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    // Rows know no pixels: as wide as the virtual machine finds good on this processor. 512 bits halve their time.
    private static final VectorSpecies<Integer> WIDE_INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> WIDE_BYTES = VectorSpecies.of(
            byte.class, VectorShape.forBitSize(Math.max(Long.SIZE, WIDE_INTS.vectorBitSize() / Integer.BYTES)));
    private static final VectorShuffle<Integer> SECOND_PIXEL = VectorShuffle.fromValues(INTS, 3, 4, 5, 6, 7, 6, 7, 7);

    private VectorResampling() {}

    /** Vectors wider than the machine's are emulated with objects, far slower than the plain twin. */
    static boolean isQuicker() {
        return IntVector.SPECIES_PREFERRED.length() >= LANES;
    }

    /**
     * The weights of one filter after another, {@code stride} each, for pairs of interleaved pixels: eight numbers a pair, the
     * weight of the first pixel three times, that of the second three times, and two zeros.
     */
    static int[] paired(int[] weights, int stride) {
        int pairs = (stride + 1) / 2;
        int[] paired = new int[weights.length / stride * pairs * LANES];
        for (int filter = 0, to = 0; filter < weights.length; filter += stride) {
            for (int k = 0; k < stride; k += 2, to += LANES) {
                int second = k + 1 < stride ? weights[filter + k + 1] : 0;
                paired[to] = weights[filter + k];
                paired[to + 1] = weights[filter + k];
                paired[to + 2] = weights[filter + k];
                paired[to + 3] = second;
                paired[to + 4] = second;
                paired[to + 5] = second;
            }
        }
        return paired;
    }

    static void sumColumns(RgbImage source, AxisWeights rows, int y, int left, int[] line) {
        int pitch = 3 * source.width();
        int from = rows.first()[y] * pitch + 3 * left;
        int last = rows.taps()[y] - 1;
        int[] weights = rows.weights();
        Arrays.fill(line, HALF_DROPPED);
        for (int k = 0, w = y * rows.stride(); k <= last; k += 4, w += 4) {
            // Past the last tap the weights are zero; the row only has to exist.
            addRows(
                    source.rgb(),
                    from + k * pitch,
                    from + Math.min(k + 1, last) * pitch,
                    from + Math.min(k + 2, last) * pitch,
                    from + Math.min(k + 3, last) * pitch,
                    weights[w],
                    weights[w + 1],
                    weights[w + 2],
                    weights[w + 3],
                    line,
                    k + 4 > last ? DROPPED_BITS : 0);
        }
    }

    private static void addRows(
            byte[] rgb, int a, int b, int c, int d, int wa, int wb, int wc, int wd, int[] line, int shift) {
        int n = line.length - LANES;
        int i = 0;
        for (; i < WIDE_INTS.loopBound(n); i += WIDE_INTS.length()) {
            IntVector.fromArray(WIDE_INTS, line, i)
                    .add(wideInts(rgb, a + i).mul(wa))
                    .add(wideInts(rgb, b + i).mul(wb))
                    .add(wideInts(rgb, c + i).mul(wc))
                    .add(wideInts(rgb, d + i).mul(wd))
                    .lanewise(VectorOperators.ASHR, shift)
                    .intoArray(line, i);
        }
        for (; i < n; i++) {
            int sum = wa * (rgb[a + i] & 0xFF) + wb * (rgb[b + i] & 0xFF);
            sum += wc * (rgb[c + i] & 0xFF) + wd * (rgb[d + i] & 0xFF);
            line[i] = (line[i] + sum) >> shift;
        }
    }

    private static IntVector wideInts(byte[] rgb, int at) {
        return (IntVector)
                ByteVector.fromArray(WIDE_BYTES, rgb, at).convertShape(VectorOperators.ZERO_EXTEND_B2I, WIDE_INTS, 0);
    }

    private static IntVector ints(byte[] rgb, int at) {
        return (IntVector) ByteVector.fromArray(BYTES, rgb, at).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }

    static void sumRow(int[] line, AxisWeights columns, int[] paired, int left, int[] sums) {
        int[] first = columns.first();
        int[] taps = columns.taps();
        int stride = (columns.stride() + 1) / 2 * LANES;
        for (int x = 0; x < first.length; x++) {
            IntVector sum = IntVector.zero(INTS);
            if (taps[x] > 0) {
                int p = 3 * (first[x] - left);
                int w = x * stride;
                for (int end = w + (taps[x] + 1) / 2 * LANES; w < end; w += LANES, p += 6) {
                    sum = sum.add(IntVector.fromArray(INTS, line, p).mul(IntVector.fromArray(INTS, paired, w)));
                }
            }
            sum.add(sum.rearrange(SECOND_PIXEL)).add(HALF_TOTAL).intoArray(sums, 3 * x);
        }
    }

    /** @return how many were narrowed: the last few are left */
    static int narrow(int[] sums, byte[] out, int at, int n) {
        int end = INTS.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            IntVector shifted = IntVector.fromArray(INTS, sums, i).lanewise(VectorOperators.LSHR, TOTAL_BITS);
            ((ByteVector) shifted.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(out, at + i);
        }
        return end;
    }

    static void filter(
            byte[] rgb,
            int from,
            int pitch,
            int[] paired,
            int px,
            int pairs,
            int[] wy,
            int py,
            int taps,
            int[] sums,
            int at) {
        IntVector sum = IntVector.zero(INTS);
        for (int j = 0; j < taps; j++) {
            IntVector row = IntVector.zero(INTS);
            int p = from + j * pitch;
            for (int i = 0; i < pairs; i++) {
                row = row.add(ints(rgb, p + 6 * i).mul(IntVector.fromArray(INTS, paired, px + LANES * i)));
            }
            sum = sum.add(row.mul(wy[py + j]));
        }
        sum.add(sum.rearrange(SECOND_PIXEL)).add(HALF_TOTAL).intoArray(sums, at);
    }
}
