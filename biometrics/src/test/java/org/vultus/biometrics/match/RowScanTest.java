package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The fast loops against the plain ones; once more with vectors of 128 bits. */
@Tag("vectors")
class RowScanTest {

    @Property(seed = "2026", tries = 100)
    void dotsOfBytesAreTheSame(@ForAll Random random) {
        int width = RowScan.STEP * (1 + random.nextInt(20));
        int count = 1 + random.nextInt(200);
        // The largest numbers too, of which the products of a step must still fit.
        boolean largest = random.nextBoolean();
        int bound = largest ? 127 : 3;
        int most = largest ? RowScan.LARGEST_OF_PROBE : 3;
        byte[] rows = new byte[width * RowScan.whole(count)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (random.nextBoolean() ? bound : random.nextInt(-bound, bound + 1));
        }
        short[] probe = new short[width];
        for (int i = 0; i < width; i++) {
            probe[i] = (short) (random.nextBoolean() ? -most : random.nextInt(-most, most + 1));
        }
        int[] fast = new int[RowScan.whole(count)];
        int[] plain = new int[RowScan.whole(count)];

        VectorScan.INSTANCE.dots(rows, count, probe, fast);
        PlainScan.INSTANCE.dots(rows, count, probe, plain);

        assertThat(fast).isEqualTo(plain);
        int row = random.nextInt(count);
        int sum = 0;
        for (int i = 0; i < width; i++) {
            sum += rows[RowScan.place(row, i, width)] * probe[i];
        }
        assertThat(plain[row]).isEqualTo(sum);
    }

    @Property(seed = "2026", tries = 100)
    void dotsWithFloatsAreTheSame(@ForAll Random random) {
        int count = random.nextInt(200);
        int from = random.nextInt(40);
        int probeFrom = random.nextInt(40);
        short[] shorts = new short[from + count];
        byte[] bytes = new byte[from + count];
        float[] probe = new float[probeFrom + count];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) random.nextInt();
            bytes[i] = (byte) random.nextInt();
        }
        double scale = 1;
        for (int i = 0; i < probe.length; i++) {
            probe[i] = (float) random.nextGaussian();
            scale += Math.abs(probe[i]);
        }

        assertThat((double) VectorScan.INSTANCE.dot(shorts, from, probe, probeFrom, count))
                .isCloseTo(PlainScan.INSTANCE.dot(shorts, from, probe, probeFrom, count), within(scale * 32768 * 1e-6));
        assertThat((double) VectorScan.INSTANCE.dot(bytes, from, probe, count))
                .isCloseTo(PlainScan.INSTANCE.dot(bytes, from, probe, count), within(scale * 128 * 1e-6));
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
    void numbersArePackedTheSame(@ForAll Random random) {
        int from = random.nextInt(20);
        int to = random.nextInt(20);
        int count = random.nextInt(200);
        float[] x = new float[from + count];
        for (int i = 0; i < x.length; i++) {
            // Halves too, which must go the same way.
            x[i] = random.nextBoolean()
                    ? random.nextInt(-1 << 16, 1 << 16) / 2f
                    : (random.nextFloat() - 0.5f) * 2 * Short.MAX_VALUE;
        }
        float inverse = random.nextBoolean() ? 0.5f : 0.123f;
        short[] fast = new short[to + count];
        short[] plain = new short[to + count];

        long square = VectorScan.INSTANCE.quantise(x, from, count, inverse, fast, to);

        assertThat(square).isEqualTo(PlainScan.INSTANCE.quantise(x, from, count, inverse, plain, to));
        assertThat(fast).isEqualTo(plain);
        assertThat(VectorScan.INSTANCE.largest(x, from, count)).isEqualTo(PlainScan.INSTANCE.largest(x, from, count));
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
        int[] sums = new int[count];
        float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            sums[i] = random.nextInt(-5, 6);
            scales[i] = random.nextInt(1, 4);
        }
        float least = random.nextInt(-15, 17);
        for (int from = 0; from <= count; from++) {
            int expected = from;
            while (expected < count && sums[expected] * scales[expected] < least) {
                expected++;
            }
            assertThat(VectorScan.INSTANCE.firstAbove(sums, scales, least, from, count))
                    .isEqualTo(expected);
            assertThat(PlainScan.INSTANCE.firstAbove(sums, scales, least, from, count))
                    .isEqualTo(expected);
        }
    }
}
