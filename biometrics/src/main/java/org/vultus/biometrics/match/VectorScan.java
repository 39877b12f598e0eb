package org.vultus.biometrics.match;

import jdk.incubator.vector.ByteVector;
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
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, of(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Short> HALF_SHORTS =
            VectorSpecies.of(short.class, of(FLOATS.vectorBitSize() / 2));
    private static final VectorSpecies<Byte> QUARTER_BYTES =
            VectorSpecies.of(byte.class, of(Math.max(64, FLOATS.vectorBitSize() / 4)));

    private static final VectorShuffle<Integer> ZIP_FIRST = VectorShuffle.makeZip(INTS, 0);
    private static final VectorShuffle<Integer> ZIP_SECOND = VectorShuffle.makeZip(INTS, 1);

    /** Added and taken away again it leaves no fraction of a float below 2²², rounded as {@link Math#rint} does. */
    private static final float ROUNDER = 0x1.8p23f;

    private VectorScan() {}

    /** Whether it is the quicker one on this machine: of vectors of more than 512 bits two do not fit a tile. */
    static boolean isQuicker() {
        return SHORTS.vectorBitSize() >= 128 && 2 * SHORTS.length() <= TILE;
    }

    private static VectorShape of(int bits) {
        return VectorShape.forBitSize(bits);
    }

    @Override
    public void dots(byte[] rows, int count, short[] probe, int[] sums) {
        int step = SHORTS.length();
        int half = INTS.length();
        for (int tile = 0; tile < count; tile += TILE) {
            // Two vectors of rows at a time, so that the one can be multiplied while the other is added.
            for (int first = 0; first < TILE; first += 2 * step) {
                int from = tile * probe.length + first;
                IntVector even = IntVector.zero(INTS);
                IntVector odd = even;
                IntVector nextEven = even;
                IntVector nextOdd = even;
                for (int i = 0; i < probe.length; i += STEP) {
                    ShortVector sum = ShortVector.zero(SHORTS);
                    ShortVector next = sum;
                    for (int j = i; j < i + STEP; j++) {
                        ShortVector component = ShortVector.broadcast(SHORTS, probe[j]);
                        sum = sum.add(shorts(rows, from).mul(component));
                        next = next.add(shorts(rows, from + step).mul(component));
                        from += TILE;
                    }
                    IntVector pairs = sum.reinterpretAsInts();
                    IntVector nextPairs = next.reinterpretAsInts();
                    even = even.add(low(pairs));
                    odd = odd.add(pairs.lanewise(VectorOperators.ASHR, Short.SIZE));
                    nextEven = nextEven.add(low(nextPairs));
                    nextOdd = nextOdd.add(nextPairs.lanewise(VectorOperators.ASHR, Short.SIZE));
                }
                int to = tile + first;
                even.rearrange(ZIP_FIRST, odd).intoArray(sums, to);
                even.rearrange(ZIP_SECOND, odd).intoArray(sums, to + half);
                nextEven.rearrange(ZIP_FIRST, nextOdd).intoArray(sums, to + step);
                nextEven.rearrange(ZIP_SECOND, nextOdd).intoArray(sums, to + step + half);
            }
        }
    }

    /** The lower of two shorts, with its sign. */
    private static IntVector low(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE);
    }

    private static ShortVector shorts(byte[] rows, int from) {
        return (ShortVector) ByteVector.fromArray(BYTES, rows, from).convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    @Override
    public float dot(short[] row, int from, float[] probe, int probeFrom, int count) {
        int end = FLOATS.loopBound(count);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < end; i += FLOATS.length()) {
            FloatVector values = (FloatVector)
                    ShortVector.fromArray(HALF_SHORTS, row, from + i).convertShape(VectorOperators.S2F, FLOATS, 0);
            sum = values.fma(FloatVector.fromArray(FLOATS, probe, probeFrom + i), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD)
                + PlainScan.INSTANCE.dot(row, from + end, probe, probeFrom + end, count - end);
    }

    @Override
    public float dot(byte[] row, int from, float[] probe, int count) {
        if (FLOATS.vectorBitSize() < 256) {
            // There is no vector of four bytes; and few rows come so far.
            return PlainScan.INSTANCE.dot(row, from, probe, count);
        }
        int end = FLOATS.loopBound(count);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < end; i += FLOATS.length()) {
            FloatVector values = (FloatVector)
                    ByteVector.fromArray(QUARTER_BYTES, row, from + i).convertShape(VectorOperators.B2F, FLOATS, 0);
            sum = values.fma(FloatVector.fromArray(FLOATS, probe, i), sum);
        }
        float rest = 0;
        for (int i = end; i < count; i++) {
            rest += row[from + i] * probe[i];
        }
        return sum.reduceLanes(VectorOperators.ADD) + rest;
    }

    @Override
    public int firstAbove(int[] sums, float[] scales, float least, int from, int count) {
        int row = from;
        for (; row + FLOATS.length() <= count; row += FLOATS.length()) {
            FloatVector scores = ((FloatVector)
                            IntVector.fromArray(INTS, sums, row).convert(VectorOperators.I2F, 0))
                    .mul(FloatVector.fromArray(FLOATS, scales, row));
            int first = scores.compare(VectorOperators.GE, least).firstTrue();
            if (first < FLOATS.length()) {
                return row + first;
            }
        }
        return PlainScan.INSTANCE.firstAbove(sums, scales, least, row, count);
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
    public long quantise(float[] x, int from, int count, float inverse, short[] to, int toFrom) {
        int end = FLOATS.loopBound(count);
        long square = 0;
        int i = 0;
        while (i < end) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, from + i)
                    .mul(inverse)
                    .add(ROUNDER)
                    .sub(ROUNDER);
            ((ShortVector) value.convertShape(VectorOperators.F2S, HALF_SHORTS, 0)).intoArray(to, toFrom + i);
            i += FLOATS.length();
        }
        for (int j = 0; j < end; j++) {
            int value = to[toFrom + j];
            square += (long) value * value;
        }
        return square + PlainScan.INSTANCE.quantise(x, from + end, count - end, inverse, to, toFrom + end);
    }

    @Override
    public float largest(float[] x, int from, int count) {
        int end = FLOATS.loopBound(count);
        FloatVector largest = FloatVector.zero(FLOATS);
        for (int i = 0; i < end; i += FLOATS.length()) {
            largest = largest.max(FloatVector.fromArray(FLOATS, x, from + i).abs());
        }
        return Math.max(
                largest.reduceLanes(VectorOperators.MAX), PlainScan.INSTANCE.largest(x, from + end, count - end));
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
