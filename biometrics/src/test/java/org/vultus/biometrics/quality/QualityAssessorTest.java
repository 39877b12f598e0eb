package org.vultus.biometrics.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

class QualityAssessorTest {
    private static final HeadPose FRONTAL = new HeadPose(2, -4, 1);
    private static final EyeState OPEN = new EyeState(0.99, 0.98);
    private static final EyeState SHUT = new EyeState(0.02, 0.03);
    private static final List<QualityComponent> COMPONENTS = List.of(QualityComponent.values());

    private final QualityAssessor assessor = new QualityAssessor();
    private final SyntheticFace good = SyntheticFace.sharpFrontalWellLit();

    @Test
    void sharpFrontalWellLitFaceMayBeEnrolled() {
        QualityAssessment assessment = assess(good, FRONTAL, OPEN);
        assertThat(QualityPolicy.ENROLMENT.check(assessment)).isEqualTo(Outcome.accepted(assessment));
        assertThat(assessment.advice()).isEmpty();
        assertThat(assessment.unified()).isGreaterThan(85);
        assertThat(assessment.components())
                .extracting(ComponentScore::component)
                .containsExactly(QualityComponent.values());
    }

    @Test
    void blurredFaceIsToldToHoldStill() {
        assertRefused(assess(good.blurred(10), FRONTAL, OPEN), QualityComponent.SHARPNESS, Advice.HOLD_STILL);
    }

    @Test
    void noiseDoesNotHideBlur() {
        Random random = new Random(11);
        SyntheticFace noisy = good.blurred(10).with((v, x, y) -> v + 8 * random.nextGaussian());
        assertRefused(assess(noisy, FRONTAL, OPEN), QualityComponent.SHARPNESS, Advice.HOLD_STILL);
    }

    @Test
    void sharpnessDoesNotDependOnTheSizeOfThePhotoOrOnItsLight() {
        double sharpness = measured(good, QualityComponent.SHARPNESS);
        SyntheticFace twice = SyntheticFace.draw(1280, 960, 640, 480, 600, 0.32, 0.05);
        SyntheticFace dim = good.with((v, x, y) -> 0.5 * v + 10);
        assertThat(measured(twice, QualityComponent.SHARPNESS)).isBetween(0.85 * sharpness, 1.15 * sharpness);
        assertThat(measured(dim, QualityComponent.SHARPNESS)).isBetween(0.85 * sharpness, 1.15 * sharpness);
    }

    @Test
    void darkFaceNeedsMoreLight() {
        assertRefused(
                assess(good.with((v, x, y) -> 0.15 * v), FRONTAL, OPEN), QualityComponent.EXPOSURE, Advice.MORE_LIGHT);
    }

    @Test
    void blownOutFaceNeedsLessLight() {
        assertRefused(
                assess(good.with((v, x, y) -> 2 * v + 80), FRONTAL, OPEN),
                QualityComponent.EXPOSURE,
                Advice.LESS_LIGHT);
    }

    @Test
    void halfLitFaceNeedsEvenLight() {
        SyntheticFace half = good.with((v, x, y) -> x < 320 ? v : 0.25 * v);
        assertRefused(assess(half, FRONTAL, OPEN), QualityComponent.LIGHT_UNIFORMITY, Advice.EVEN_LIGHT);
    }

    @Test
    void flatFaceIsRefusedForItsContrast() {
        SyntheticFace flat = good.with((v, x, y) -> 100 + 0.1 * v);
        assertThat(assess(flat, FRONTAL, OPEN)
                        .component(QualityComponent.CONTRAST)
                        .score())
                .isLessThan(QualityAssessor.ADVICE_BELOW);
    }

    @Test
    void turnedFaceIsToldToTurn() {
        for (double yaw : new double[] {-60, -35, 35, 60}) {
            assertRefused(assess(good, new HeadPose(yaw, 0, 0), OPEN), QualityComponent.YAW, Advice.TURN_TO_CAMERA);
        }
        assertRefused(assess(good, new HeadPose(0, 35, 0), OPEN), QualityComponent.PITCH, Advice.TURN_TO_CAMERA);
        assertRefused(assess(good, new HeadPose(0, 0, -45), OPEN), QualityComponent.ROLL, Advice.LEVEL_HEAD);
    }

    @Test
    void croppedFaceIsToldWhereToGo() {
        SyntheticFace off = SyntheticFace.draw(640, 480, 60, 240, 200, 0.32, 0.05);
        assertRefused(assess(off, FRONTAL, OPEN), QualityComponent.CROP, Advice.CENTRE_FACE);
        SyntheticFace near = SyntheticFace.draw(640, 480, 320, 400, 440, 0.32, 0.05);
        assertRefused(assess(near, FRONTAL, OPEN), QualityComponent.CROP, Advice.MOVE_BACK);
    }

    @Test
    void tinyFaceIsToldToComeCloserAndAHugeOneToMoveBack() {
        SyntheticFace tiny = SyntheticFace.draw(640, 480, 320, 240, 50, 0.32, 0.05);
        QualityAssessment assessment = assess(tiny, FRONTAL, OPEN);
        assertRefused(assessment, QualityComponent.FACE_SIZE, Advice.MOVE_CLOSER);
        assertRefused(assessment, QualityComponent.INTER_EYE_DISTANCE, Advice.MOVE_CLOSER);
        SyntheticFace huge = SyntheticFace.draw(640, 480, 320, 240, 400, 0.32, 0.05);
        assertRefused(assess(huge, FRONTAL, OPEN), QualityComponent.FACE_SIZE, Advice.MOVE_BACK);
    }

    @Test
    void shutEyesAreToldToOpen() {
        SyntheticFace shut = SyntheticFace.draw(640, 480, 320, 240, 300, 0.15, 0.05);
        assertRefused(assess(shut, FRONTAL, SHUT), QualityComponent.EYES_OPEN, Advice.OPEN_EYES);
        assertThat(assess(shut, FRONTAL, OPEN)
                        .component(QualityComponent.EYES_OPEN)
                        .score())
                .as("narrow eyes that the network sees open")
                .isGreaterThanOrEqualTo(QualityAssessor.ADVICE_BELOW);
        assertThat(assess(good, FRONTAL, SHUT)
                        .component(QualityComponent.EYES_OPEN)
                        .score())
                .as("glasses that the network takes for lids")
                .isGreaterThanOrEqualTo(QualityAssessor.ADVICE_BELOW);
    }

    @Test
    void openMouthIsToldToClose() {
        SyntheticFace yawning = SyntheticFace.draw(640, 480, 320, 240, 300, 0.32, 0.7);
        assertRefused(assess(yawning, FRONTAL, OPEN), QualityComponent.MOUTH_CLOSED, Advice.CLOSE_MOUTH);
    }

    @Test
    void signInIsMoreLenientButNotBlind() {
        assertAccepted(assess(good, new HeadPose(38, 0, 0), OPEN));
        assertAccepted(assess(good.with((v, x, y) -> 0.3 * v), FRONTAL, OPEN));
        assertThat(QualityPolicy.SIGN_IN.check(assess(good, new HeadPose(70, 0, 0), OPEN)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(QualityPolicy.SIGN_IN.check(assess(good.blurred(20), FRONTAL, OPEN)))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void faceOutsideThePhotoIsUselessAndNoFault() {
        SyntheticFace gone = SyntheticFace.draw(640, 480, -500, 240, 200, 0.32, 0.05);
        assertThat(assess(gone, FRONTAL, OPEN).unified()).isZero();
    }

    @Test
    void aSmallerPhotoOfTheSameFaceMeasuresTheSameLight() {
        SyntheticFace half = new SyntheticFace(
                Resampling.crop(good.image(), Region.of(good.image()), 320, 240),
                SyntheticFace.draw(320, 240, 160, 120, 150, 0.32, 0.05).face(),
                SyntheticFace.draw(320, 240, 160, 120, 150, 0.32, 0.05).landmarks());
        assertThat(measured(half, QualityComponent.EXPOSURE))
                .isBetween(
                        measured(good, QualityComponent.EXPOSURE) - 2, measured(good, QualityComponent.EXPOSURE) + 2);
    }

    @Test
    void whatTheNetworksCouldNotTellIsWorthNothing() {
        double none = Double.NaN;
        assertRefused(assess(good, new HeadPose(none, 0, 0), OPEN), QualityComponent.YAW, Advice.TURN_TO_CAMERA);
        assertRefused(assess(good, new HeadPose(0, none, 0), OPEN), QualityComponent.PITCH, Advice.TURN_TO_CAMERA);
        assertRefused(assess(good, new HeadPose(0, 0, none), OPEN), QualityComponent.ROLL, Advice.LEVEL_HEAD);
        assertRefused(assess(good, FRONTAL, new EyeState(none, none)), QualityComponent.EYES_OPEN, Advice.OPEN_EYES);
    }

    @Test
    void aFaceWhoseLandmarksFellTogetherIsUselessAndNoFault() {
        Point middle = new Point(320, 240);
        Landmarks together = new Landmarks(Collections.nCopies(Landmarks.COUNT, middle));

        QualityAssessment assessment = assessor.assess(good.image(), good.face(), together, FRONTAL, OPEN);

        assertThat(assessment.component(QualityComponent.INTER_EYE_DISTANCE).score())
                .isZero();
        assertThat(assessment.unified()).isZero();
        assertThat(QualityPolicy.SIGN_IN.check(assessment)).isInstanceOf(Outcome.Refused.class);
    }

    @Property(tries = 500, seed = "29794")
    void unifiedScoreNeverFallsWhenAComponentRises(
            @ForAll @Size(13) List<@IntRange(max = 100) Integer> scores,
            @ForAll @IntRange(max = 12) int raised,
            @ForAll @IntRange(max = 100) int to) {
        List<Integer> better = new ArrayList<>(scores);
        better.set(raised, Math.max(scores.get(raised), to));
        assertThat(unified(better)).isGreaterThanOrEqualTo(unified(scores)).isBetween(0, 100);
    }

    @Test
    void oneUselessComponentMakesAUselessFace() {
        List<Integer> scores = new ArrayList<>(Collections.nCopies(13, 100));
        assertThat(unified(scores)).isEqualTo(100);
        int sharpness = COMPONENTS.indexOf(QualityComponent.SHARPNESS);
        scores.set(sharpness, 0);
        assertThat(unified(scores)).isZero();
        scores.set(sharpness, 10);
        assertThat(unified(scores)).isBetween(20, 40);
    }

    private QualityAssessment assess(SyntheticFace face, HeadPose pose, EyeState eyes) {
        return assessor.assess(face.image(), face.face(), face.landmarks(), pose, eyes);
    }

    private double measured(SyntheticFace face, QualityComponent component) {
        return assess(face, FRONTAL, OPEN).component(component).measured();
    }

    private static int unified(List<Integer> scores) {
        return QualityAssessor.unified(IntStream.range(0, scores.size())
                .mapToObj(i -> new ComponentScore(COMPONENTS.get(i), 0, scores.get(i), Optional.empty()))
                .toList());
    }

    private static void assertAccepted(QualityAssessment assessment) {
        assertThat(QualityPolicy.SIGN_IN.check(assessment)).isEqualTo(Outcome.accepted(assessment));
    }

    private static void assertRefused(QualityAssessment assessment, QualityComponent component, Advice advice) {
        assertThat(assessment.component(component).advice()).contains(advice);
        assertThat(assessment.advice()).contains(advice);
        if (QualityPolicy.ENROLMENT.check(assessment) instanceof Outcome.Refused<QualityAssessment>(var refusal)) {
            assertThat(refusal.reason()).isEqualTo(Reason.LOW_QUALITY);
            assertThat(refusal.detail()).contains(component.name());
        } else {
            throw new AssertionError("accepted with " + assessment.component(component));
        }
    }
}
