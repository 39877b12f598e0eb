package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The fast loops against the plain ones. */
class RowScanTest {

    @Property(seed = "2026", tries = 100)
    void dotsOfBytesAreTheSame(@ForAll Random random) {
        int width = RowScan.WIDTH * (1 + random.nextInt(8));
        int count = 1 + random.nextInt(70);
        // The largest numbers too, which two products of must still fit.
        int bound = random.nextBoolean() ? 127 : 3;
        byte[] rows = new byte[width * count];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (random.nextBoolean() ? bound : random.nextInt(-bound, bound + 1));
        }
        short[] probe = new short[width];
        for (int i = 0; i < width; i++) {
            probe[i] = (short) (random.nextBoolean() ? -bound : random.nextInt(-bound, bound + 1));
        }
        int[] fast = new int[count];
        int[] plain = new int[count];

        RowScan.SIMD.dots(rows, count, probe, fast);
        RowScan.PLAIN.dots(rows, count, probe, plain);

        assertThat(fast).isEqualTo(plain);
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

        assertThat((double) RowScan.SIMD.dot(shorts, from, probe, probeFrom, count))
                .isCloseTo(RowScan.PLAIN.dot(shorts, from, probe, probeFrom, count), within(scale * 32768 * 1e-6));
        assertThat((double) RowScan.SIMD.dot(bytes, from, probe, count))
                .isCloseTo(RowScan.PLAIN.dot(bytes, from, probe, count), within(scale * 128 * 1e-6));
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
            assertThat(RowScan.SIMD.firstAbove(sums, scales, least, from, count))
                    .isEqualTo(expected);
            assertThat(RowScan.PLAIN.firstAbove(sums, scales, least, from, count))
                    .isEqualTo(expected);
        }
    }
}
