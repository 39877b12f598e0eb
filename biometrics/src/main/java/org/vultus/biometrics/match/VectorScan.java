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
