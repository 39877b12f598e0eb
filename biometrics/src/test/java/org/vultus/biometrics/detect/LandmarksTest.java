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

    @Property(tries = 200, seed = "20261122")
    void aFaceHasTheShapeItHasWhereverItIsAndHoweverLargeAndTilted(
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
            @ForAll @DoubleRange(min = -2000, max = 2000) double away) {
        Landmarks face = spiral(0);
        double a = scale * Math.cos(Math.toRadians(degrees));
        double b = scale * Math.sin(Math.toRadians(degrees));
        Landmarks elsewhere = new Landmarks(face.points().stream()
                .map(p -> new Point(a * p.x() - b * p.y() + away, b * p.x() + a * p.y() - away))
                .toList());

        assertThat(elsewhere.shapeDistance(face)).isCloseTo(0, within(1e-6));
        assertThat(face.shapeDistance(elsewhere)).isCloseTo(0, within(1e-6));
    }

    /** One point of 68 moved by a distance between the eyes is 1/√68 of it for all, less a little for the similarity that makes up. */
    @Test
    void aPointElsewhereChangesTheShapeByItsShareOfTheDistanceBetweenTheEyes() {
        Landmarks face = spiral(0);

        assertThat(spiral(face.interEyeDistance()).shapeDistance(face))
                .isBetween(0.9 / Math.sqrt(68), 1 / Math.sqrt(68));
        assertThat(spiral(face.interEyeDistance() / 10).shapeDistance(face))
                .isBetween(0.09 / Math.sqrt(68), 0.1 / Math.sqrt(68));
    }

    @Test
    void aMirroredFaceHasAnotherShapeAndPointsThatFellTogetherHaveNone() {
        Landmarks face = spiral(0);
        Landmarks mirrored = new Landmarks(
                face.points().stream().map(p -> new Point(-p.x(), p.y())).toList());
        Landmarks nowhere = new Landmarks(Collections.nCopies(Landmarks.COUNT, new Point(3, 4)));

        assertThat(mirrored.shapeDistance(face)).isGreaterThan(0.2);
        assertThat(nowhere.shapeDistance(face)).isInfinite();
        assertThat(face.shapeDistance(nowhere)).isInfinite();
    }

    /** No two distances between these points are the same; the first of them lies so much further to the right. */
    private static Landmarks spiral(double right) {
        return new Landmarks(IntStream.range(0, Landmarks.COUNT)
                .mapToObj(i -> new Point(
                        200 + (50 + i) * Math.cos(0.4 * i) + (i == 0 ? right : 0), 300 + (50 + i) * Math.sin(0.4 * i)))
                .toList());
    }

    private static Landmarks eyes(Point left, Point right) {
        return new Landmarks(IntStream.range(0, Landmarks.COUNT)
                .mapToObj(i -> i >= 36 && i <= 41 ? left : i >= 42 && i <= 47 ? right : new Point(0, 0))
                .toList());
    }
}
