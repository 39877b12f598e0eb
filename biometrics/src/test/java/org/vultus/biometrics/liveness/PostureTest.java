package org.vultus.biometrics.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.quality.HeadPose;

class PostureTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-4f);
    private static final Landmarks FACE = new ActingHead(1, 0).at(0).landmarks();
    private static final HeadPose POSE = new HeadPose(3, -2, 1);

    @Test
    void doesNotDependOnTheResolution() {
        Posture whole = Posture.of(FACE, POSE, 640);
        Posture half = Posture.of(scaled(FACE, 0.5), POSE, 320);
        for (int i = 0; i < Posture.size(); i++) {
            assertThat(half.value(i)).as("number %d", i).isEqualTo(whole.value(i), CLOSE);
        }
    }

    @Test
    void tellsWhereTheFaceIs() {
        Posture before = Posture.of(FACE, POSE, 640);
        Posture after = Posture.of(
                new Landmarks(FACE.points().stream()
                        .map(p -> new Point(p.x() + 64, p.y() - 32))
                        .toList()),
                POSE,
                640);
        assertThat(after.value(0) - before.value(0)).isEqualTo(0.1f, CLOSE);
        assertThat(after.value(1) - before.value(1)).isEqualTo(-0.05f, CLOSE);
        for (int i = 2; i < Posture.size(); i++) {
            assertThat(after.value(i)).as("number %d", i).isEqualTo(before.value(i), CLOSE);
        }
    }

    @Test
    void aTiltOfThePictureIsATiltAndNothingElseOfTheFace() {
        Posture level = Posture.of(FACE, POSE, 640);
        Point middle = FACE.mean(36, 47);
        Posture tilted = Posture.of(turned(FACE, middle, 20), POSE, 640);
        assertThat(tilted.value(3) - level.value(3)).isEqualTo(20, Offset.offset(1e-3f));
        for (int i = 4; i < Posture.size(); i++) {
            assertThat(tilted.value(i)).as("number %d", i).isEqualTo(level.value(i), CLOSE);
        }
    }

    @Test
    void aBlinkAMouthAndATurnShow() {
        ActingHead head = new ActingHead(1, 0);
        head.eyes = ActingHead.blinks(300, 100);
        head.mouth = ActingHead.bump(1_000, 100, 1_500);
        head.yaw = ActingHead.times(20, ActingHead.bump(2_000, 100, 2_500));
        Posture open = head.at(0).mark().posture();
        assertThat(head.at(250).mark().posture().value(8)).isLessThan(0.7f * open.value(8));
        assertThat(head.at(1_300).mark().posture().value(9)).isGreaterThan(open.value(9) + 0.1f);
        assertThat(head.at(2_300).mark().posture().value(10)).isEqualTo(20, CLOSE);
        assertThat(Math.abs(head.at(2_300).mark().posture().value(4) - open.value(4)))
                .isGreaterThan(0.05f);
    }

    @Test
    void nothingIsKnownOfNone() {
        assertThat(Posture.NONE.known()).isFalse();
        assertThat(Posture.of(FACE, POSE, 640).known()).isTrue();
    }

    static Landmarks scaled(Landmarks face, double by) {
        return new Landmarks(face.points().stream()
                .map(p -> new Point(by * p.x(), by * p.y()))
                .toList());
    }

    private static Landmarks turned(Landmarks face, Point around, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return new Landmarks(face.points().stream()
                .map(p -> new Point(
                        around.x() + cos * (p.x() - around.x()) - sin * (p.y() - around.y()),
                        around.y() + sin * (p.x() - around.x()) + cos * (p.y() - around.y())))
                .toList());
    }
}
