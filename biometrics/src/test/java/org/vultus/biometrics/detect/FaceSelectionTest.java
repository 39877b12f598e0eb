package org.vultus.biometrics.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class FaceSelectionTest {
    private static final RgbImage IMAGE = new RgbImage(640, 480);
    private static final DetectedFace NEAR = face(100, 100, 200);
    private static final DetectedFace AS_NEAR = face(350, 100, 190);
    private static final DetectedFace FAR = face(300, 220, 40);

    @Test
    void aLoneFaceIsTheOne() {
        assertThat(FaceSelection.SingleFace.STRICT.select(List.of(NEAR), IMAGE)).isEqualTo(Outcome.accepted(NEAR));
    }

    @Test
    void nobodyIsRefused() {
        assertThat(reason(FaceSelection.SingleFace.STRICT.select(List.of(), IMAGE)))
                .isEqualTo(Reason.NO_FACE);
        assertThat(reason(new FaceSelection.MostCentral().select(List.of(), IMAGE)))
                .isEqualTo(Reason.NO_FACE);
    }

    @Test
    void twoPeopleSideBySideAreRefusedEvenWhereTheBackgroundIsTolerated() {
        List<DetectedFace> faces = List.of(NEAR, AS_NEAR);

        assertThat(reason(FaceSelection.SingleFace.TOLERATE_BACKGROUND.select(faces, IMAGE)))
                .isEqualTo(Reason.SEVERAL_FACES);
    }

    @Test
    void aPasserByIsRefusedOrToleratedAsThePolicySays() {
        List<DetectedFace> faces = List.of(FAR, NEAR);

        assertThat(reason(FaceSelection.SingleFace.STRICT.select(faces, IMAGE))).isEqualTo(Reason.SEVERAL_FACES);
        assertThat(FaceSelection.SingleFace.TOLERATE_BACKGROUND.select(faces, IMAGE))
                .isEqualTo(Outcome.accepted(NEAR));
    }

    @Test
    void anEvaluationPhotoIsAboutTheFaceInTheMiddle() {
        assertThat(new FaceSelection.MostCentral().select(List.of(NEAR, AS_NEAR, FAR), IMAGE))
                .isEqualTo(Outcome.accepted(FAR));
    }

    private static DetectedFace face(double x, double y, double side) {
        return new DetectedFace(new Region(x, y, side, side), 0.9, Optional.empty());
    }

    private static Reason reason(Outcome<DetectedFace> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<DetectedFace> accepted -> throw new AssertionError(accepted);
            case Outcome.Refused<DetectedFace>(var refusal) -> refusal.reason();
        };
    }
}
