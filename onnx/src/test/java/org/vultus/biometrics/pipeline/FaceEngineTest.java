package org.vultus.biometrics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.decide.ComparisonDecision;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.embed.Template;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessEstimator;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.quality.FrontalPose;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.HeadPoseEstimator;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.Stage;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/** The whole pipeline on real faces: a person against herself, against others, and what must be refused. */
class FaceEngineTest {
    private static final FaceSelection ALONE = FaceSelection.SingleFace.STRICT;

    private static FaceModels models;
    private static FaceEngine engine;
    private static OperatingPoints points;
    private static final Set<Stage> heard = EnumSet.noneOf(Stage.class);

    @BeforeAll
    static void open() {
        models = FaceModels.open(ModelPack.bundled());
        engine = new FaceEngine(
                new ImageDecoder(ImageLimits.DEFAULT), models.ports(), (stage, nanoseconds) -> heard.add(stage));
        points = models.operatingPoints().orElseThrow();
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void aPersonMatchesHerTemplateFromAnotherPhoto() {
        Template template = accepted(enrol(1, 3).template());

        ComparisonDecision decision = compare(probe(Capture.WEBCAM, 3, 2), template.features());

        assertThat(decision.match()).isTrue();
        assertThat(decision.scoreFmr()).isLessThanOrEqualTo(1e-5);
    }

    @Test
    void everybodyElseIsTurnedAway() {
        Template template = accepted(enrol(1, 3).template());

        for (int photo = 2; photo <= DemoPhotos.COUNT; photo++) {
            for (int face = 1; face <= DemoPhotos.faces(photo); face++) {
                if (photo == 3 && face == 2) {
                    continue; // herself
                }
                ComparisonDecision decision = compare(probe(Capture.WEBCAM, photo, face), template.features());
                assertThat(decision.match())
                        .as("photo %d face %d scores %s", photo, face, decision.score())
                        .isFalse();
            }
        }
    }

    @Test
    void enrolmentLeavesOutTheIntruderAndTheUselessImageByIndex() {
        List<CapturedSample> samples = new ArrayList<>(captures(1, 3));
        samples.add(1, sample(Capture.WEBCAM, 5, 4));
        samples.add(3, new CapturedSample(new byte[] {1, 2, 3}));

        Enrolment enrolment = engine.enrol(samples, ALONE, QualityPolicy.SIGN_IN, builder());

        assertThat(accepted(enrolment.template()).outliers()).containsExactly(1);
        assertThat(accepted(enrolment.template()).used()).doesNotContain(1, 3);
        assertThat(reason(enrolment.images().get(3))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void anEnrolmentOfTwoPeopleIsRefused() {
        List<CapturedSample> samples = new ArrayList<>(captures(1, 3).subList(0, 3));
        samples.addAll(captures(5, 4).subList(0, 3));

        assertThat(reason(engine.enrol(samples, ALONE, QualityPolicy.SIGN_IN, builder())
                        .template()))
                .isEqualTo(Reason.DIFFERENT_PEOPLE);
    }

    @Test
    void aGroupIsRefusedAndAnEmptySceneToo() {
        assertThat(reason(engine.probe(new CapturedSample(DemoPhotos.bytes(1)), ALONE, QualityPolicy.SIGN_IN)))
                .isEqualTo(Reason.SEVERAL_FACES);
        byte[] wall = Capture.WEBCAM.of(grey(), new Region(0, 0, 100, 100));
        assertThat(reason(engine.probe(new CapturedSample(wall), ALONE, QualityPolicy.SIGN_IN)))
                .isEqualTo(Reason.NO_FACE);
    }

    private static byte[] grey() {
        BufferedImage grey = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 200; x++) {
                grey.setRGB(x, y, 0x808080);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(grey, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    @Test
    void uselessCapturesOfARealFaceAreRefusedWithTheAdviceThatHelps() {
        assertThat(refusalAdvice(Capture.WEBCAM.withBlur(12))).contains(Advice.HOLD_STILL);
        assertThat(refusalAdvice(Capture.WEBCAM.withGain(0.25))).contains(Advice.MORE_LIGHT);
        assertThat(refusalAdvice(Capture.WEBCAM.withFaceHeight(0.12))).contains(Advice.MOVE_CLOSER);
        assertThat(refusalAdvice(Capture.WEBCAM.withDegrees(40))).contains(Advice.LEVEL_HEAD);
    }

    @Test
    void whereItIsTooDarkToSeeAFaceLightIsAskedFor() {
        CapturedSample night = sample(Capture.WEBCAM.withGain(0.06), 3, 2);

        assertThat(reason(engine.probe(night, ALONE, QualityPolicy.SIGN_IN))).isEqualTo(Reason.TOO_DARK);
        assertThat(Reason.TOO_DARK.advice()).isEqualTo(Advice.MORE_LIGHT);
    }

    @Test
    void aTiltedHeadKeepsItsPose() {
        AssessedFace level =
                accepted(engine.describe(sample(Capture.WEBCAM, 3, 2))).getFirst();
        for (int degrees : new int[] {-30, -15, 15, 30}) {
            AssessedFace tilted = accepted(engine.describe(sample(Capture.WEBCAM.withDegrees(degrees), 3, 2)))
                    .getFirst();

            assertThat(tilted.pose().roll())
                    .as("roll at %d°", degrees)
                    .isCloseTo(level.pose().roll() + degrees, within(6.0));
            assertThat(tilted.pose().yaw())
                    .as("yaw at %d°", degrees)
                    .isCloseTo(level.pose().yaw(), within(10.0));
            assertThat(tilted.pose().pitch())
                    .as("pitch at %d°", degrees)
                    .isCloseTo(level.pose().pitch(), within(10.0));
        }
    }

    @Test
    void everyStageIsHeardOf() {
        heard.clear();

        compare(probe(Capture.WEBCAM, 3, 2), accepted(enrol(1, 3).template()).features());

        assertThat(heard).containsExactlyInAnyOrder(Stage.values());
    }

    @Test
    void theProbeCarriesTheLivenessOfItsFrameAndOfThatFace() {
        List<Region> asked = new ArrayList<>();
        FaceEngine stubbed = withLiveness((image, face, texture) -> {
            asked.add(face.box());
            return new LivenessScore(0.25);
        });

        BiometricProbe probe = accepted(stubbed.probe(sample(Capture.WEBCAM, 3, 2), ALONE, QualityPolicy.SIGN_IN));

        assertThat(probe.liveness()).isEqualTo(new LivenessScore(0.25));
        assertThat(asked).containsExactly(probe.face().face().box());
    }

    @Test
    void anAttackIsScoredNotRefusedByTheEngine() {
        FaceEngine stubbed = withLiveness((image, face, texture) -> new LivenessScore(0));
        BiometricProbe probe = accepted(stubbed.probe(sample(Capture.WEBCAM, 3, 2), ALONE, QualityPolicy.SIGN_IN));

        assertThat(PassivePad.ENROLMENT_IMAGE.decide(List.of(probe.liveness())))
                .isEqualTo(new PadDecision.AttackPresentation());
        assertThat(PassivePad.ENROLMENT_IMAGE.decide(
                        List.of(probe(Capture.WEBCAM, 3, 2).liveness())))
                .isInstanceOf(PadDecision.BonaFide.class);
    }

    @Test
    void aRefusedFrameIsNotScoredAndAFaultOfTheNetworkIsNoRefusal() {
        FaceEngine broken = withLiveness((image, face, texture) -> {
            throw new IllegalStateException("broken");
        });
        CapturedSample blurred = sample(Capture.WEBCAM.withBlur(12), 3, 2);
        assertThat(reason(broken.probe(blurred, ALONE, QualityPolicy.ENROLMENT)))
                .isEqualTo(Reason.LOW_QUALITY);
        CapturedSample good = sample(Capture.WEBCAM, 3, 2);
        assertThatThrownBy(() -> broken.probe(good, ALONE, QualityPolicy.SIGN_IN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void theLivenessNetworkIsNotRunOnAUselessFrame() {
        AtomicInteger runs = new AtomicInteger();
        FaceEngine counting = withLiveness((image, face, texture) -> {
            runs.incrementAndGet();
            return new LivenessScore(1);
        });
        Predicate<AssessedFace> good =
                face -> QualityPolicy.ENROLMENT.check(face.quality()) instanceof Outcome.Accepted<?>;
        List<CapturedSample> useless = List.of(
                new CapturedSample(new byte[] {1, 2, 3}),
                new CapturedSample(Capture.WEBCAM.of(grey(), new Region(0, 0, 100, 100))),
                new CapturedSample(DemoPhotos.bytes(1)),
                sample(Capture.WEBCAM.withGain(0.06), 3, 2),
                sample(Capture.WEBCAM.withBlur(12), 3, 2),
                sample(Capture.WEBCAM.withFaceHeight(0.12), 3, 2));

        assertThat(useless).allSatisfy(frame -> {
            assertThat(counting.probe(frame, ALONE, QualityPolicy.ENROLMENT)).isInstanceOf(Outcome.Refused.class);
            if (counting.observe(frame, ALONE, 0, good, Sides.BOTH)
                    instanceof Outcome.Accepted<ObservedFrame>(ObservedFrame seen)) {
                assertThat(seen.probe()).isEmpty();
            }
        });

        assertThat(runs).hasValue(0);
        accepted(counting.probe(sample(Capture.WEBCAM, 3, 2), ALONE, QualityPolicy.ENROLMENT));
        assertThat(runs).hasValue(1);
        assertThat(accepted(counting.observe(sample(Capture.WEBCAM, 3, 2), ALONE, 0, good, Sides.BOTH))
                        .probe())
                .isPresent();
        assertThat(runs).hasValue(2);
    }

    /** The network is asked where the points say that the head is turned, and for every frame of a movement. */
    @Test
    void aHeadThatLooksStraightAheadIsNotAskedForItsPose() {
        AtomicInteger runs = new AtomicInteger();
        ModelPorts ports = models.ports();
        HeadPoseEstimator counting = (image, face, landmarks) -> {
            runs.incrementAndGet();
            return ports.pose().estimate(image, face, landmarks);
        };
        FaceEngine watched = new FaceEngine(
                new ImageDecoder(ImageLimits.DEFAULT),
                new ModelPorts(
                        ports.detector(),
                        ports.landmarks(),
                        counting,
                        ports.eyes(),
                        ports.liveness(),
                        ports.extractor()),
                StageObserver.NONE);
        AssessedFace straight = accepted(watched.probe(sample(Capture.WEBCAM, 3, 2), ALONE, QualityPolicy.SIGN_IN))
                .face();
        assertThat(runs).hasValue(0);
        assertThat(FrontalPose.of(straight.landmarks())).contains(straight.pose());

        ObservedFrame observed =
                accepted(watched.observe(sample(Capture.WEBCAM, 3, 2), ALONE, 0, face -> false, Sides.BOTH));
        assertThat(runs).hasValue(1);
        assertThat(observed.face().pose().yaw()).isCloseTo(straight.pose().yaw(), within(6.0));
        assertThat(observed.face().pose().pitch()).isCloseTo(straight.pose().pitch(), within(8.0));

        runs.set(0);
        AssessedFace turned = accepted(watched.probe(sample(Capture.WEBCAM, 5, 2), ALONE, QualityPolicy.ANY))
                .face();
        assertThat(runs).hasValue(1);
        assertThat(Math.abs(turned.pose().yaw())).isGreaterThan(25);
    }

    @Test
    void thePointsAndTheNetworkAgreeWhereTheHeadLooksStraightAhead() {
        ModelPorts ports = models.ports();
        int compared = 0;
        for (int photo = 1; photo <= DemoPhotos.COUNT; photo++) {
            RgbImage image = DemoPhotos.pixels(photo);
            for (DetectedFace face : ports.detector().detect(image)) {
                Landmarks landmarks = ports.landmarks().locate(image, face);
                HeadPose network = ports.pose().estimate(image, face, landmarks);
                Optional<HeadPose> points = FrontalPose.of(landmarks);
                if (points.isPresent()) {
                    assertThat(points.get().yaw()).isCloseTo(network.yaw(), within(8.0));
                    assertThat(points.get().pitch()).isCloseTo(network.pitch(), within(13.0));
                    compared++;
                }
            }
        }
        assertThat(compared).isBetween(10, 20);
    }

    private static FaceEngine withLiveness(LivenessEstimator liveness) {
        ModelPorts ports = models.ports();
        return new FaceEngine(
                new ImageDecoder(ImageLimits.DEFAULT),
                new ModelPorts(
                        ports.detector(), ports.landmarks(), ports.pose(), ports.eyes(), liveness, ports.extractor()),
                StageObserver.NONE);
    }

    @Test
    void aReferenceOfAnotherExtractorIsRefusedNotCompared() {
        BiometricProbe probe = probe(Capture.WEBCAM, 3, 2);
        FeatureVector foreign = FeatureVector.normalised(
                new ExtractorId("0".repeat(64)), probe.features().toArray());

        assertThat(reason(engine.compare(probe, foreign, points.defaultPoint(), points)))
                .isEqualTo(Reason.EXTRACTOR_MISMATCH);
    }

    /** The advice given for a capture of a face that is accepted when it is taken well. */
    private static List<Advice> refusalAdvice(Capture capture) {
        CapturedSample sample = sample(capture, 3, 2);
        assertThat(reason(engine.probe(sample, ALONE, QualityPolicy.ENROLMENT))).isEqualTo(Reason.LOW_QUALITY);
        return accepted(engine.describe(sample)).getFirst().quality().advice();
    }

    private static Enrolment enrol(int photo, int face) {
        return engine.enrol(captures(photo, face), ALONE, QualityPolicy.SIGN_IN, builder());
    }

    /** What a camera might catch of one face while its owner moves a little. */
    private static List<CapturedSample> captures(int photo, int face) {
        return List.of(
                sample(Capture.WEBCAM, photo, face),
                sample(Capture.WEBCAM.withFaceHeight(0.5).withDegrees(-4), photo, face),
                sample(Capture.WEBCAM.withShiftX(0.06).withGain(0.85), photo, face),
                sample(Capture.WEBCAM.withDegrees(5).withBlur(1), photo, face));
    }

    private static CapturedSample sample(Capture capture, int photo, int face) {
        List<Region> boxes = accepted(engine.describe(new CapturedSample(DemoPhotos.bytes(photo)))).stream()
                .map(found -> found.face().box())
                .sorted(Comparator.comparingDouble(Region::centreX))
                .toList();
        return new CapturedSample(capture.of(DemoPhotos.bytes(photo), boxes.get(face - 1)));
    }

    /** The largest face: another may be cut off at the edge of what the capture shows. */
    private static BiometricProbe probe(Capture capture, int photo, int face) {
        return accepted(engine.probe(sample(capture, photo, face), new FaceSelection.MostCentral(), QualityPolicy.ANY));
    }

    private static TemplateBuilder builder() {
        return new TemplateBuilder(points.atMost(1e-3).threshold(), 3);
    }

    private static ComparisonDecision compare(BiometricProbe probe, FeatureVector reference) {
        OperatingPoint point = points.defaultPoint();
        return accepted(engine.compare(probe, reference, point, points));
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Reason reason(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?>(Object value) -> throw new AssertionError(value);
            case Outcome.Refused<?>(var refusal) -> refusal.reason();
        };
    }
}
