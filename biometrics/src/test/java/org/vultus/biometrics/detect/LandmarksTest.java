package org.vultus.biometrics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandmarksTest {

    @Property(tries = 200, seed = "20261121")
    void rollIsTheTurnOfTheEyesClockwise(
            @ForAll @DoubleRange(min = -179.9, max = 179.9) double degrees,
            @ForAll @DoubleRange(min = 1, max = 2000) double distance) {
        double dx = distance * Math.cos(Math.toRadians(degrees));
        double dy = distance * Math.sin(Math.toRadians(degrees));
        Landmarks landmarks = eyes(new Point(300, 200), new Point(300 + dx, 200 + dy));

        assertThat(landmarks.roll()).isCloseTo(degrees, within(1e-6));
        assertThat(landmarks.interEyeDistance()).isCloseTo(distance, within(1e-6));
    }

    /** The y axis points down, so that an eye on the viewer's right that is lower is a clockwise turn. */
    @ParameterizedTest
    @CsvSource({"10, 0, 0", "10, 10, 45", "0, 10, 90", "-10, 0, 180", "0, -10, -90", "10, -10, -45", "0, 0, 0"})
    void rollOfPlainCases(double dx, double dy, double degrees) {
        assertThat(eyes(new Point(50, 60), new Point(50 + dx, 60 + dy)).roll()).isCloseTo(degrees, within(1e-9));
    }

    @Test
    void theFivePointsAreTheEyesTheNoseAndTheCornersOfTheMouth() {
        Landmarks landmarks = new Landmarks(IntStream.range(0, Landmarks.COUNT)
                .mapToObj(i -> new Point(i, 1000 - i))
                .toList());

        assertThat(landmarks.fivePoints())
                .isEqualTo(new FivePoints(
                        new Point(38.5, 961.5),
                        new Point(44.5, 955.5),
                        new Point(30, 970),
                        new Point(48, 952),
                        new Point(54, 946)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aPointThatIsNowhereIsNone(double nowhere) {
        List<Point> points = new ArrayList<>(Collections.nCopies(Landmarks.COUNT, new Point(1, 2)));
        points.set(67, new Point(1, nowhere));
        assertThatThrownBy(() -> new Landmarks(points)).isInstanceOf(IllegalArgumentException.class);
        points.set(67, new Point(nowhere, 2));
        assertThatThrownBy(() -> new Landmarks(points)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thereAreSixtyEight() {
        List<Point> few = Collections.nCopies(67, new Point(1, 2));
        assertThatThrownBy(() -> new Landmarks(few)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Landmarks eyes(Point left, Point right) {
        return new Landmarks(IntStream.range(0, Landmarks.COUNT)
                .mapToObj(i -> i >= 36 && i <= 41 ? left : i >= 42 && i <= 47 ? right : new Point(0, 0))
                .toList());
    }
}
