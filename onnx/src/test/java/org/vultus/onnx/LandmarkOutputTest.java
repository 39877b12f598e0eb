package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;

/** What is made of the 136 numbers that a landmark network gives. */
class LandmarkOutputTest {
    private static final Region CROP = new Region(100, 50, 200, 400);

    @Test
    void pointsAreSharesOfTheCropAndMayLieALittleOutside() {
        float[] values = filled(0.25f);
        values[2 * 8 + 1] = 1.1f;
        values[0] = -1;
        values[135] = 2;

        List<Point> points = NetworkLandmarkLocator.read(FloatBuffer.wrap(values), CROP);

        assertThat(points).hasSize(Landmarks.COUNT);
        assertThat(points.get(30)).isEqualTo(new Point(150, 150));
        assertThat(points.get(8).y()).isGreaterThan(450);
        assertThat(points.get(0).x()).isEqualTo(-100);
        assertThat(points.get(67).y()).isEqualTo(850);
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                -1.01f,
                2.01f
            })
    void oneNumberThatCannotBeMakesAllOfThemUseless(float wrong) {
        for (int at : new int[] {0, 61, 135}) {
            float[] values = filled(0.5f);
            values[at] = wrong;
            assertThat(NetworkLandmarkLocator.read(FloatBuffer.wrap(values), CROP))
                    .isEmpty();
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[2 * Landmarks.COUNT];
        Arrays.fill(values, value);
        return values;
    }
}
