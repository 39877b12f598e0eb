package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The fast loops against the plain ones; once more with vectors of 128 bits. */
@Tag("vectors")
class RowScanTest {

    @Property(seed = "2026", tries = 100)
    void dotsOfFourBitsAreTheSame(@ForAll Random random) {
        int lead = 1 + random.nextInt(150);
        int count = 1 + random.nextInt(200);
        // The largest numbers too, whose sums must still fit.
        boolean largest = random.nextBoolean();
        float[] features = largest ? new float[lead] : gaussian(random, lead);
        for (int i = 0; largest && i < lead; i++) {
            features[i] = random.nextInt(3) - 1f;
        }
        PackedProbe probe = PackedProbe.of(features, Rotation.by(Optional.empty(), lead, lead));
        int columns = RowScan.columns(probe.groups());
        short[] rows = new short[columns * RowScan.whole(count)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (short) random.nextInt();
        }
        if (largest) {
            // One row has the largest bits of the probe's signs.
            for (int i = 0; i < probe.lead().length; i++) {
                int place = RowScan.place(0, PlainScan.column(i / RowScan.GROUP, i % RowScan.GROUP), columns);
                short before = i % RowScan.IN_SHORT == 0 ? 0 : rows[place];
                rows[place] = PlainScan.withFourBits(before, i, probe.lead()[i] < 0 ? -8 : 7);
            }
        }
        short[] fast = new short[probe.groups() * RowScan.whole(count)];
        short[] plain = fast.clone();

        VectorScan.INSTANCE.dots(memory(rows), count, probe, fast);
        PlainScan.INSTANCE.dots(memory(rows), count, probe, plain);

        int row = largest ? 0 : random.nextInt(count);
        for (int group = 0; group < probe.groups(); group++) {
            for (int i = 0; i < count; i++) {
                int place = RowScan.place(i, group, probe.groups());
                assertThat(fast[place]).isEqualTo(plain[place]);
            }
            int sum = 0;
            for (int i = 0; i < RowScan.GROUP; i++) {
                short column = rows[RowScan.place(row, PlainScan.column(group, i), columns)];
                sum += (2 * PlainScan.fourBits(column, i) + 1) * probe.lead()[group * RowScan.GROUP + i];
            }
            assertThat(plain[RowScan.place(row, group, probe.groups())]).isEqualTo((short) sum);
            assertThat(sum).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
            if (largest && sum != 0) {
                assertThat(sum).isGreaterThan(Short.MAX_VALUE - 2 * 15 * RowScan.GROUP);
            }
        }
    }

    @Property(seed = "2026", tries = 100)
    void fourBitsAreReadAsTheyWereWritten(@ForAll Random random) {
        int[] bits = random.ints(RowScan.IN_SHORT, -8, 8).toArray();
        short column = 0;
        for (int i = 0; i < bits.length; i++) {
            column = PlainScan.withFourBits(column, i, bits[i]);
        }
        for (int i = 0; i < bits.length; i++) {
            assertThat(PlainScan.fourBits(column, i)).isEqualTo(bits[i]);
        }
    }

    @Property(seed = "2026", tries = 100)
    void halfAFloatIsNeverLess(@ForAll Random random) {
        float x = Math.scalb(random.nextFloat(), random.nextInt(-20, 3));
        assertThat(RowScan.upperHalf(RowScan.roundedUp(x))).isBetween(x, x * (1 + 0x1p-7f));
        assertThat(RowScan.upperHalf(RowScan.roundedUp(0))).isZero();
    }

    @Property(seed = "2026", tries = 100)
    void boundsAreTheSame(@ForAll Random random) {
        int groups = 1 + random.nextInt(6);
        int count = 1 + random.nextInt(200);
        int columns = RowScan.columns(groups);
        short[] sums = new short[groups * RowScan.whole(count)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (short) random.nextInt();
        }
        short[] rows = new short[columns * RowScan.whole(count)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = RowScan.roundedUp(random.nextFloat());
        }
        float[] weights = gaussian(random, groups + 1);
        float[] fast = new float[RowScan.whole(count)];
        float[] plain = fast.clone();

        VectorScan.INSTANCE.bounds(sums, memory(rows), count, weights, fast);
        PlainScan.INSTANCE.bounds(sums, memory(rows), count, weights, plain);

        for (int row = 0; row < count; row++) {
            double bound = weights[groups] * RowScan.upperHalf(rows[RowScan.place(row, columns - 1, columns)]);
            for (int group = 0; group < groups; group++) {
                short scale = rows[RowScan.place(row, (group + 1) * RowScan.GROUP_COLUMNS - 1, columns)];
                bound += (double) sums[RowScan.place(row, group, groups)] * RowScan.upperHalf(scale) * weights[group];
            }
            assertThat((double) plain[row]).isCloseTo(bound, within(0.1));
            assertThat((double) fast[row]).isCloseTo(bound, within(0.1));
        }
    }

    @Property(seed = "2026", tries = 100)
    void dotsWithFloatsAreTheSame(@ForAll Random random) {
        int count = random.nextInt(200);
        int from = random.nextInt(40);
        int probeFrom = random.nextInt(40);
        short[] shorts = new short[from + count];
        float[] probe = new float[probeFrom + count];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) random.nextInt();
        }
        double scale = 1;
        for (int i = 0; i < probe.length; i++) {
            probe[i] = (float) random.nextGaussian();
            scale += Math.abs(probe[i]);
        }

        assertThat((double) VectorScan.INSTANCE.dot(memory(shorts), from, probe, probeFrom, count))
                .isCloseTo(
                        PlainScan.INSTANCE.dot(memory(shorts), from, probe, probeFrom, count),
                        within(scale * 32768 * 1e-6));
    }

    @Property(seed = "2026", tries = 100)
    void reflectionsAreTheSame(@ForAll Random random) {
        int length = random.nextInt(200);
        float[] v = new float[length];
        float[] fast = new float[length];
        double scale = 1;
        for (int i = 0; i < length; i++) {
            v[i] = (float) random.nextGaussian();
            fast[i] = (float) random.nextGaussian();
            scale += Math.abs(v[i] * fast[i]);
        }
        float[] plain = fast.clone();

        VectorScan.INSTANCE.reflect(v, fast);
        PlainScan.INSTANCE.reflect(v, plain);

        assertThat(fast).containsExactly(plain, within((float) (scale * 1e-5)));
    }

    @Property(seed = "2026", tries = 100)
    void productsWithMatricesAreTheSame(@ForAll Random random) {
        int depth = 1 + random.nextInt(80);
        int width = RowScan.STRIP * (1 + random.nextInt(3));
        int rows = RowScan.ROWS_AT_ONCE * (1 + random.nextInt(3));
        int stride = depth + random.nextInt(5);
        int toStride = width + random.nextInt(5);
        float[] x = gaussian(random, rows * stride);
        float[] matrix = gaussian(random, depth * width);
        float[] fast = gaussian(random, rows * toStride);
        float[] plain = fast.clone();
        int row = random.nextInt(rows);
        int column = random.nextInt(width);
        double expected = fast[row * toStride + column];
        for (int i = 0; i < depth; i++) {
            expected += (double) x[row * stride + i] * matrix[RowScan.strip(i, column, depth)];
        }

        VectorScan.INSTANCE.multiply(x, stride, rows, matrix, depth, width, fast, toStride);
        PlainScan.INSTANCE.multiply(x, stride, rows, matrix, depth, width, plain, toStride);

        assertThat(fast).containsExactly(plain, within(depth * 1e-5f));
        assertThat((double) plain[row * toStride + column]).isCloseTo(expected, within(depth * 1e-5));
    }

    @Property(seed = "2026", tries = 100)
    void numbersAreRoundedToTheNearest(@ForAll Random random) {
        int from = random.nextInt(20);
        int count = random.nextInt(200);
        float[] x = new float[from + count];
        for (int i = 0; i < x.length; i++) {
            // Halves too, which must go the same way.
            x[i] = random.nextBoolean()
                    ? random.nextInt(-1 << 16, 1 << 16) / 2f
                    : (random.nextFloat() - 0.5f) * 2 * Short.MAX_VALUE;
        }
        float inverse = random.nextBoolean() ? 0.5f : 0.123f;
        short[] packed = new short[count];
        short[] expected = new short[count];
        long square = 0;
        float largest = 0;
        for (int i = 0; i < count; i++) {
            int value = (int) Math.rint(x[from + i] * inverse);
            expected[i] = (short) value;
            square += (long) value * value;
            largest = Math.max(largest, Math.abs(x[from + i]));
        }

        assertThat(PackedRow.quantise(x, from, count, inverse, packed)).isEqualTo(square);
        assertThat(packed).isEqualTo(expected);
        assertThat(PackedRow.largest(x, from, count)).isEqualTo(largest);
    }

    /** As a gallery has it, outside of the heap. */
    private static MemorySegment memory(short[] shorts) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_SHORT, shorts);
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Property(seed = "2026", tries = 200)
    void theFirstAboveIsTheSame(@ForAll Random random) {
        int count = random.nextInt(70);
        float[] bounds = new float[count];
        for (int i = 0; i < count; i++) {
            bounds[i] = random.nextInt(-15, 16);
        }
        float least = random.nextInt(-15, 17);
        for (int from = 0; from <= count; from++) {
            int expected = from;
            while (expected < count && bounds[expected] < least) {
                expected++;
            }
            assertThat(VectorScan.INSTANCE.firstAbove(bounds, least, from, count))
                    .isEqualTo(expected);
            assertThat(PlainScan.INSTANCE.firstAbove(bounds, least, from, count))
                    .isEqualTo(expected);
        }
    }
}
