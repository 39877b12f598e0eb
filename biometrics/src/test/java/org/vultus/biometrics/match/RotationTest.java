package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.vultus.biometrics.embed.ExtractorId;

class RotationTest {
    private static final int DIMENSION = 48;

    /** Any axes, not at right angles to each other: the first of them still becomes the first coordinate. */
    @Property(seed = "2026", tries = 100)
    void keepsAnglesAndTurnsTheFirstAxisToTheFirstCoordinate(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int axes) {
        float[][] some = new float[axes][];
        for (int k = 0; k < axes; k++) {
            some[k] = gaussian(random);
        }
        EmbeddingBasis basis =
                new EmbeddingBasis(new ExtractorId("ab".repeat(32)), new float[DIMENSION], new float[DIMENSION], some);
        Rotation rotation = Rotation.by(Optional.of(basis), DIMENSION, 30);
        float[] x = gaussian(random);
        float[] y = gaussian(random);
        double before = dot(x, y);

        float[] turnedX = x.clone();
        float[] turnedY = y.clone();
        rotation.apply(turnedX);
        rotation.apply(turnedY);

        assertThat(rotation.lead()).isEqualTo(Math.min(axes, 30));
        assertThat(dot(turnedX, turnedY)).isCloseTo(before, within(1e-4 * DIMENSION));
        assertThat(dot(turnedX, turnedX)).isCloseTo(dot(x, x), within(1e-4 * DIMENSION));
        float[] axis = basis.axis(0);
        double length = Math.sqrt(dot(axis, axis));
        rotation.apply(axis);
        assertThat(Math.abs(axis[0])).isCloseTo((float) length, within(1e-4f));
        // And every leading axis lies within as many coordinates as there are axes up to it.
        for (int k = 1; k < rotation.lead(); k++) {
            float[] next = basis.axis(k);
            rotation.apply(next);
            for (int i = k + 1; i < DIMENSION; i++) {
                assertThat(next[i]).isCloseTo(0, within(2e-3f));
            }
        }
    }

    @Property(seed = "2026", tries = 50)
    void manyAreTurnedAsOneIs(@ForAll Random random, @ForAll @IntRange(min = 0, max = 40) int axes) {
        float[][] some = new float[axes][];
        for (int k = 0; k < axes; k++) {
            // Also an axis that says nothing new.
            some[k] = k > 0 && random.nextInt(10) == 0 ? some[k - 1].clone() : gaussian(random);
        }
        Optional<EmbeddingBasis> basis = axes == 0
                ? Optional.empty()
                : Optional.of(new EmbeddingBasis(
                        new ExtractorId("ab".repeat(32)), new float[DIMENSION], new float[DIMENSION], some));
        Rotation rotation = Rotation.by(basis, DIMENSION, 30);
        int count = 2 * RowScan.ROWS_AT_ONCE;
        float[] rows = new float[count * rotation.stride()];
        float[][] one = new float[count][];
        for (int row = 0; row < count; row++) {
            one[row] = gaussian(random);
            System.arraycopy(one[row], 0, rows, row * rotation.stride(), DIMENSION);
            rotation.apply(one[row]);
        }

        rotation.apply(rows, count, new float[rotation.parts(count)]);

        for (int row = 0; row < count; row++) {
            int from = row * rotation.stride();
            assertThat(Arrays.copyOfRange(rows, from, from + DIMENSION)).containsExactly(one[row], within(1e-4f));
        }
    }

    private static float[] gaussian(Random random) {
        float[] values = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }
}
