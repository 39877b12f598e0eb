package org.vultus.biometrics.match;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The loops with the Vector API. */
final class VectorScan implements RowScan {
    static final VectorScan INSTANCE = new VectorScan();

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> HALF_SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private static final VectorShuffle<Float> ZIP_FIRST = VectorShuffle.makeZip(FLOATS, 0);
    private static final VectorShuffle<Float> ZIP_SECOND = VectorShuffle.makeZip(FLOATS, 1);

    // Vectors, for the number of bits to shift shorts by would be moved to a register anew each time.
    private static final ShortVector FOUR = ShortVector.broadcast(SHORTS, 4);
    private static final ShortVector EIGHT = ShortVector.broadcast(SHORTS, 8);
    private static final ShortVector TWELVE = ShortVector.broadcast(SHORTS, 12);

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final int UPPER_HALF = 0xffff0000;

    private VectorScan() {}

    /** Whether it is the quicker one on this machine: of vectors of more than 512 bits two do not fit a tile. */
    static boolean isQuicker() {
        return SHORTS.vectorBitSize() >= 128 && 2 * SHORTS.length() <= TILE;
    }

    /** The byte at which a short lies. */
    private static long at(int index) {
        return (long) Short.BYTES * index;
    }

    /**
     * In shorts sums may overflow on the way, for they are right again where the whole fits ({@link PackedProbe}). No loop of this
     * method and the next calls one of ours: those of the Vector API are compiled into theirs always, ours only up to a size, and
     * vectors that are handed over become objects.
     */
    @Override
    public void dots(MemorySegment rows, int count, PackedProbe probe, short[] sums) {
        int step = SHORTS.length();
        short[] starts = probe.starts();
        short[] factors = probe.factors();
        int groups = starts.length;
        int columns = RowScan.columns(groups);
        for (int tile = 0; tile < count; tile += TILE) {
            // Two vectors of rows at a time, so that the one can be multiplied while the other is added.
            for (int first = 0; first < TILE; first += 2 * step) {
                int from = tile * columns + first;
                int to = tile * groups + first;
                for (int group = 0; group < groups; group++) {
                    ShortVector sum = ShortVector.broadcast(SHORTS, starts[group]);
                    ShortVector next = sum;
                    for (int i = group * GROUP; i < (group + 1) * GROUP; i += IN_SHORT) {
                        ShortVector values = ShortVector.fromMemorySegment(SHORTS, rows, at(from), ORDER);
                        ShortVector more = ShortVector.fromMemorySegment(SHORTS, rows, at(from + step), ORDER);
                        ShortVector factor = ShortVector.broadcast(SHORTS, factors[i]);
                        sum = sum.add(values.mul(factor));
                        next = next.add(more.mul(factor));
                        factor = ShortVector.broadcast(SHORTS, factors[i + 1]);
                        sum = sum.add(
                                values.lanewise(VectorOperators.ASHR, FOUR).mul(factor));
                        next = next.add(
                                more.lanewise(VectorOperators.ASHR, FOUR).mul(factor));
                        factor = ShortVector.broadcast(SHORTS, factors[i + 2]);
                        sum = sum.add(
                                values.lanewise(VectorOperators.ASHR, EIGHT).mul(factor));
                        next = next.add(
                                more.lanewise(VectorOperators.ASHR, EIGHT).mul(factor));
                        factor = ShortVector.broadcast(SHORTS, factors[i + 3]);
                        sum = sum.add(
                                values.lanewise(VectorOperators.ASHR, TWELVE).mul(factor));
                        next = next.add(
                                more.lanewise(VectorOperators.ASHR, TWELVE).mul(factor));
                        from += TILE;
                    }
                    sum.intoArray(sums, to);
                    next.intoArray(sums, to + step);
                    from += TILE;
                    to += TILE;
                }
            }
        }
    }

    /** Of two shorts in an int the upper one needs no more than a mask to be a float, and the lower one no more than a shift. */
    @Override
    public void bounds(short[] sums, MemorySegment rows, int count, float[] weights, float[] bounds) {
        int step = SHORTS.length();
        int groups = weights.length - 1;
        int columns = RowScan.columns(groups);
        for (int tile = 0; tile < count; tile += TILE) {
            for (int first = 0; first < TILE; first += step) {
                int from = tile * groups + first;
                int slack = (tile + TILE) * columns - TILE + first;
                FloatVector weight = FloatVector.broadcast(FLOATS, weights[groups]);
                IntVector scales = ShortVector.fromMemorySegment(SHORTS, rows, at(slack), ORDER)
                        .reinterpretAsInts();
                FloatVector even = scales.lanewise(VectorOperators.LSHL, Short.SIZE)
                        .reinterpretAsFloats()
                        .mul(weight);
                FloatVector odd = scales.and(UPPER_HALF).reinterpretAsFloats().mul(weight);
                int scale = tile * columns + (GROUP_COLUMNS - 1) * TILE + first;
                for (int group = 0; group < groups; group++) {
                    weight = FloatVector.broadcast(FLOATS, weights[group]);
                    IntVector pairs = ShortVector.fromArray(SHORTS, sums, from).reinterpretAsInts();
                    scales = ShortVector.fromMemorySegment(SHORTS, rows, at(scale), ORDER)
                            .reinterpretAsInts();
                    FloatVector lower = (FloatVector) pairs.lanewise(VectorOperators.LSHL, Short.SIZE)
                            .lanewise(VectorOperators.ASHR, Short.SIZE)
                            .convert(VectorOperators.I2F, 0);
                    FloatVector upper = (FloatVector)
                            pairs.lanewise(VectorOperators.ASHR, Short.SIZE).convert(VectorOperators.I2F, 0);
                    even = scales.lanewise(VectorOperators.LSHL, Short.SIZE)
                            .reinterpretAsFloats()
                            .mul(weight)
                            .fma(lower, even);
                    odd = scales.and(UPPER_HALF)
                            .reinterpretAsFloats()
                            .mul(weight)
                            .fma(upper, odd);
                    from += TILE;
                    scale += GROUP_COLUMNS * TILE;
                }
                even.rearrange(ZIP_FIRST, odd).intoArray(bounds, tile + first);
                even.rearrange(ZIP_SECOND, odd).intoArray(bounds, tile + first + FLOATS.length());
            }
        }
    }

    @Override
    public float dot(MemorySegment row, int from, float[] probe, int probeFrom, int count) {
        int end = FLOATS.loopBound(count);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < end; i += FLOATS.length()) {
            FloatVector values = (FloatVector) ShortVector.fromMemorySegment(HALF_SHORTS, row, at(from + i), ORDER)
                    .convertShape(VectorOperators.S2F, FLOATS, 0);
            sum = values.fma(FloatVector.fromArray(FLOATS, probe, probeFrom + i), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD)
                + PlainScan.INSTANCE.dot(row, from + end, probe, probeFrom + end, count - end);
    }

    @Override
    public int firstAbove(float[] bounds, float least, int from, int count) {
        int row = from;
        for (; row + FLOATS.length() <= count; row += FLOATS.length()) {
            int first = FloatVector.fromArray(FLOATS, bounds, row)
                    .compare(VectorOperators.GE, least)
                    .firstTrue();
            if (first < FLOATS.length()) {
                return row + first;
            }
        }
        return PlainScan.INSTANCE.firstAbove(bounds, least, row, count);
    }

    @Override
    public void multiply(
            float[] x, int stride, int rows, float[] matrix, int depth, int width, float[] to, int toStride) {
        for (int strip = 0; strip < width; strip += STRIP) {
            for (int part = strip; part < strip + STRIP; part += 2 * FLOATS.length()) {
                int from = RowScan.strip(0, part, depth);
                for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
                    multiply(x, row * stride, stride, matrix, from, depth, to, row * toStride + part, toStride);
                }
            }
        }
    }

    /** Four rows with two vectors of columns, whose sums stay in registers. */
    private static void multiply(
            float[] x, int from, int stride, float[] matrix, int column, int depth, float[] to, int place, int next) {
        int length = FLOATS.length();
        FloatVector a = FloatVector.fromArray(FLOATS, to, place);
        FloatVector a2 = FloatVector.fromArray(FLOATS, to, place + length);
        FloatVector b = FloatVector.fromArray(FLOATS, to, place + next);
        FloatVector b2 = FloatVector.fromArray(FLOATS, to, place + next + length);
        FloatVector c = FloatVector.fromArray(FLOATS, to, place + 2 * next);
        FloatVector c2 = FloatVector.fromArray(FLOATS, to, place + 2 * next + length);
        FloatVector d = FloatVector.fromArray(FLOATS, to, place + 3 * next);
        FloatVector d2 = FloatVector.fromArray(FLOATS, to, place + 3 * next + length);
        for (int i = 0; i < depth; i++) {
            FloatVector m = FloatVector.fromArray(FLOATS, matrix, column + i * STRIP);
            FloatVector m2 = FloatVector.fromArray(FLOATS, matrix, column + i * STRIP + length);
            FloatVector one = FloatVector.broadcast(FLOATS, x[from + i]);
            a = one.fma(m, a);
            a2 = one.fma(m2, a2);
            FloatVector two = FloatVector.broadcast(FLOATS, x[from + stride + i]);
            b = two.fma(m, b);
            b2 = two.fma(m2, b2);
            FloatVector three = FloatVector.broadcast(FLOATS, x[from + 2 * stride + i]);
            c = three.fma(m, c);
            c2 = three.fma(m2, c2);
            FloatVector four = FloatVector.broadcast(FLOATS, x[from + 3 * stride + i]);
            d = four.fma(m, d);
            d2 = four.fma(m2, d2);
        }
        a.intoArray(to, place);
        a2.intoArray(to, place + length);
        b.intoArray(to, place + next);
        b2.intoArray(to, place + next + length);
        c.intoArray(to, place + 2 * next);
        c2.intoArray(to, place + 2 * next + length);
        d.intoArray(to, place + 3 * next);
        d2.intoArray(to, place + 3 * next + length);
    }

    @Override
    public void reflect(float[] v, float[] x) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int end = FLOATS.loopBound(x.length);
        int i = 0;
        for (; i < end; i += FLOATS.length()) {
            sum = FloatVector.fromArray(FLOATS, v, i).fma(FloatVector.fromArray(FLOATS, x, i), sum);
        }
        float dot = sum.reduceLanes(VectorOperators.ADD);
        for (int j = i; j < x.length; j++) {
            dot += v[j] * x[j];
        }
        FloatVector times = FloatVector.broadcast(FLOATS, -dot);
        for (int j = 0; j < end; j += FLOATS.length()) {
            times.fma(FloatVector.fromArray(FLOATS, v, j), FloatVector.fromArray(FLOATS, x, j))
                    .intoArray(x, j);
        }
        for (int j = i; j < x.length; j++) {
            x[j] -= dot * v[j];
        }
    }
}
