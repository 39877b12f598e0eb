package org.vultus.biometrics.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;

class FrontalPoseTest {
    private static final Landmarks FACE = SyntheticFace.sharpFrontalWellLit().landmarks();
    private static final double UNIT = FACE.interEyeDistance();

    @Test
    void aDrawnFaceLooksStraightAhead() {
        HeadPose pose = FrontalPose.of(FACE).orElseThrow();

        assertThat(pose.yaw()).isCloseTo(0, within(1e-9));
        assertThat(pose.pitch()).isBetween(-12.0, 12.0);
        assertThat(pose.roll()).isCloseTo(0, within(1e-9));
    }

    /** The numbers of the class: 35° for a distance between the eyes aside, 34° and 31° for one below. */
    @Test
    void theNoseTellsTheYawAndWhereBridgeAndEarsLieThePitch() {
        double pitch = FrontalPose.of(FACE).orElseThrow().pitch();

        assertThat(FrontalPose.of(moved(0.2, 0, 30))).hasValueSatisfying(pose -> {
            assertThat(pose.yaw()).isCloseTo(7, within(1e-9));
            assertThat(pose.pitch()).isCloseTo(pitch, within(1e-9));
        });
        assertThat(FrontalPose.of(moved(-0.3, 0, 1, 2, 3, 13, 14, 15))
                        .orElseThrow()
                        .yaw())
                .isCloseTo(10.5, within(1e-9));
        assertThat(FrontalPose.of(moved(0, 0.1, 30)).orElseThrow().pitch()).isCloseTo(pitch - 1.3, within(1e-9));
        assertThat(FrontalPose.of(moved(0, 0.1, 27)).orElseThrow().pitch()).isCloseTo(pitch - 3.4, within(1e-9));
        assertThat(FrontalPose.of(moved(0, 0.1, 0, 16)).orElseThrow().pitch()).isCloseTo(pitch + 3.1, within(1e-9));
    }

    @Test
    void saysNothingOfAHeadThatIsTurnedOrOfPointsThatFellTogether() {
        assertThat(FrontalPose.of(moved(20.1 / 35, 0, 30))).isEmpty();
        assertThat(FrontalPose.of(moved(-20.1 / 35, 0, 30))).isEmpty();
        assertThat(FrontalPose.of(moved(0, 1, 0, 16))).isEmpty();
        assertThat(FrontalPose.of(moved(0, -1, 0, 16))).isEmpty();
        assertThat(FrontalPose.of(new Landmarks(Collections.nCopies(Landmarks.COUNT, new Point(3, 4)))))
                .isEmpty();
    }

    @Property(tries = 200, seed = "20261122")
    void isTheSameWhereverTheFaceIsHoweverLargeAndTilted(
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
            @ForAll @DoubleRange(min = -2000, max = 2000) double away) {
        double a = scale * Math.cos(Math.toRadians(degrees));
        double b = scale * Math.sin(Math.toRadians(degrees));
        Landmarks face = moved(0.3, 0.1, 30);
        HeadPose here = FrontalPose.of(face).orElseThrow();

        HeadPose there = FrontalPose.of(each(
                        face, p -> new Point(a * p.x() - b * p.y() + away, b * p.x() + a * p.y() - away)))
                .orElseThrow();

        assertThat(there.yaw()).isCloseTo(here.yaw(), within(1e-6));
        assertThat(there.pitch()).isCloseTo(here.pitch(), within(1e-6));
        assertThat(Math.cos(Math.toRadians(there.roll() - degrees))).isCloseTo(1, within(1e-9));
    }

    private static Landmarks each(Landmarks face, UnaryOperator<Point> change) {
        return new Landmarks(face.points().stream().map(change).toList());
    }

    /** The drawn face with some of its points elsewhere, in distances between the eyes. */
    private static Landmarks moved(double right, double down, int... which) {
        List<Point> points = new ArrayList<>(FACE.points());
        for (int i : which) {
            points.set(
                    i, new Point(points.get(i).x() + right * UNIT, points.get(i).y() + down * UNIT));
        }
        return new Landmarks(points);
    }
}
