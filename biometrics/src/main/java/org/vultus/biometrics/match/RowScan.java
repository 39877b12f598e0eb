package org.vultus.biometrics.match;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops of a search over packed rows: with the Vector API, and plain. Stateless, safe for several threads. */
enum RowScan {
    PLAIN {
        @Override
        void dots(byte[] rows, int count, short[] probe, int[] sums) {
            int width = probe.length;
            for (int row = 0; row < count; row++) {
                int sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += rows[row * width + i] * probe[i];
                }
                sums[row] = sum;
            }
        }

        @Override
        float dot(short[] row, int from, float[] probe, int probeFrom, int count) {
            float sum = 0;
            for (int i = 0; i < count; i++) {
                sum += row[from + i] * probe[probeFrom + i];
            }
            return sum;
        }

        @Override
        float dot(byte[] row, int from, float[] probe, int count) {
            float sum = 0;
            for (int i = 0; i < count; i++) {
                sum += row[from + i] * probe[i];
            }
            return sum;
        }

        @Override
        int firstAbove(int[] sums, float[] scales, float least, int from, int count) {
            for (int row = from; row < count; row++) {
                if (sums[row] * scales[row] >= least) {
                    return row;
                }
            }
            return count;
        }
    },

    SIMD {
        @Override
        void dots(byte[] rows, int count, short[] probe, int[] sums) {
            int width = probe.length;
            int step = SHORTS.length();
            for (int row = 0; row < count; row++) {
                int from = row * width;
                IntVector sum = IntVector.zero(INTS);
                // Two products of bytes fit a short; that they are never −128 is seen to when they are packed.
                for (int i = 0; i < width; i += 2 * step) {
                    ShortVector products = shorts(rows, from + i)
                            .mul(ShortVector.fromArray(SHORTS, probe, i))
                            .add(shorts(rows, from + i + step).mul(ShortVector.fromArray(SHORTS, probe, i + step)));
                    IntVector pairs = products.reinterpretAsInts();
                    sum = sum.add(pairs.lanewise(VectorOperators.ASHR, Short.SIZE))
                            .add(pairs.lanewise(VectorOperators.LSHL, Short.SIZE)
                                    .lanewise(VectorOperators.ASHR, Short.SIZE));
                }
                sums[row] = sum.reduceLanes(VectorOperators.ADD);
            }
        }

        private ShortVector shorts(byte[] rows, int from) {
            return (ShortVector) ByteVector.fromArray(BYTES, rows, from).convertShape(VectorOperators.B2S, SHORTS, 0);
        }

        @Override
        float dot(short[] row, int from, float[] probe, int probeFrom, int count) {
            int end = FLOATS.loopBound(count);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = 0; i < end; i += FLOATS.length()) {
                FloatVector values = (FloatVector)
                        ShortVector.fromArray(HALF_SHORTS, row, from + i).convertShape(VectorOperators.S2F, FLOATS, 0);
                sum = values.fma(FloatVector.fromArray(FLOATS, probe, probeFrom + i), sum);
            }
            return sum.reduceLanes(VectorOperators.ADD)
                    + PLAIN.dot(row, from + end, probe, probeFrom + end, count - end);
        }

        @Override
        float dot(byte[] row, int from, float[] probe, int count) {
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
        int firstAbove(int[] sums, float[] scales, float least, int from, int count) {
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
            return PLAIN.firstAbove(sums, scales, least, row, count);
        }
    };

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, of(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Short> HALF_SHORTS =
            VectorSpecies.of(short.class, of(FLOATS.vectorBitSize() / 2));
    private static final VectorSpecies<Byte> QUARTER_BYTES =
            VectorSpecies.of(byte.class, of(Math.max(64, FLOATS.vectorBitSize() / 4)));

    /** A multiple that the width of rows must have: two of the widest vectors of shorts. */
    static final int WIDTH = 64;

    /** The quicker one on this machine: vectors of fewer than 256 bits have no room for the conversions. */
    static RowScan best() {
        return SHORTS.vectorBitSize() >= 256 ? SIMD : PLAIN;
    }

    private static VectorShape of(int bits) {
        return VectorShape.forBitSize(bits);
    }

    /**
     * The dot products of {@code count} rows with a probe.
     *
     * @param rows one after the other, each as wide as the probe, which is a multiple of {@value #WIDTH}
     * @param probe numbers from −127 to 127, as those of the rows
     */
    abstract void dots(byte[] rows, int count, short[] probe, int[] sums);

    /** The dot product of a part of a row with a part of the probe. */
    abstract float dot(short[] row, int from, float[] probe, int probeFrom, int count);

    /** The same with bytes and the beginning of the probe. */
    abstract float dot(byte[] row, int from, float[] probe, int count);

    /** The first row from {@code from} on whose {@code sums × scales} is at least {@code least}; {@code count} where none is. */
    abstract int firstAbove(int[] sums, float[] scales, float least, int from, int count);
}
