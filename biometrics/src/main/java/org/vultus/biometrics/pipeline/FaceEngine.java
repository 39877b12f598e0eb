package org.vultus.biometrics.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.vultus.biometrics.decide.ComparisonDecision;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.EnrolmentImage;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.biometrics.liveness.FaceObservation;
import org.vultus.biometrics.liveness.FrameColour;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.quality.FrameLight;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.HeadPoseEstimator;
import org.vultus.biometrics.quality.QualityAssessor;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.Stage;
import org.vultus.biometrics.trace.StageObserver;

/**
 * The pipeline: from a captured sample to a probe, a template or a decision.
 *
 * <p>Each attempt runs on the caller's thread, one stage after the other, and stops at the first refusal, so that a useless
 * image never reaches the costly networks. Decoded pixels are wiped before a method returns; the samples stay the caller's.
 * Safe for several threads.
 */
public final class FaceEngine {

    private final ImageDecoder decoder;
    private final ModelPorts models;
    private final QualityAssessor assessor = new QualityAssessor();
    private final StageObserver observer;

    public FaceEngine(ImageDecoder decoder, ModelPorts models, StageObserver observer) {
        this.decoder = decoder;
        this.models = models;
        this.observer = observer;
    }

    /**
     * The pipeline as far as one sample goes: decode, detect, choose the face, assess, score its liveness, embed.
     * A frame that looks like an attack is not refused: {@code PassivePad} decides that, over all frames of an attempt.
     *
     * @param selection which face the attempt is about
     * @param policy the quality that is asked for
     */
    public Outcome<BiometricProbe> probe(CapturedSample sample, FaceSelection selection, QualityPolicy policy) {
        return probe(sample, selection, policy, Sides.BOTH);
    }

    /**
     * The same for one of several frames.
     *
     * @param sides of the face that the extractor is to look at
     */
    public Outcome<BiometricProbe> probe(
            CapturedSample sample, FaceSelection selection, QualityPolicy policy, Sides sides) {
        return decode(sample).then(image -> {
            try (image) {
                RgbImage pixels = image.pixels();
                return choose(selection, pixels)
                        .map(face -> assess(pixels, face, models::headPose))
                        .then(FaceEngine::requireEyes)
                        .then(face -> policy.check(face.quality()).map(passed -> face))
                        .then(face ->
                                compared(pixels, face, sides, FrameMark.of(pixels, face.landmarks(), face.pose())));
            }
        });
    }

    /**
     * How the face of one frame stands, whatever its quality: a head that is turned is what a script asks for. The costly networks
     * run only for frames that are to be compared as well.
     *
     * @param at milliseconds since the session was opened
     * @param compared which faces are to be scored and embedded too
     * @param sides of the face that the extractor is then to look at
     */
    public Outcome<ObservedFrame> observe(
            CapturedSample sample, FaceSelection selection, long at, Predicate<AssessedFace> compared, Sides sides) {
        return decode(sample).then(image -> {
            try (image) {
                RgbImage pixels = image.pixels();
                return choose(selection, pixels)
                        // Of a movement every frame is measured alike.
                        .map(face -> assess(pixels, face, models.pose()))
                        .then(FaceEngine::requireEyes)
                        .then(face -> {
                            FrameMark mark = FrameMark.of(pixels, face.landmarks(), face.pose());
                            FaceObservation observation = new FaceObservation(
                                    at,
                                    face.face().box(),
                                    face.landmarks(),
                                    face.pose(),
                                    face.eyes(),
                                    FrameColour.of(pixels, face.face().box()),
                                    mark);
                            if (!compared.test(face)) {
                                return Outcome.accepted(new ObservedFrame(observation, face, Optional.empty()));
                            }
                            return compared(pixels, face, sides, mark)
                                    .map(probe -> new ObservedFrame(observation, face, Optional.of(probe)));
                        });
            }
        });
    }

    /** A small picture of a face that was found in this sample; for people to look at, and for nothing else here. */
    public Outcome<Thumbnail> thumbnail(CapturedSample sample, DetectedFace face) {
        return decode(sample).map(image -> {
            try (image) {
                return Thumbnail.of(image.pixels(), face.box());
            }
        });
    }

    /** Every face in a sample with its landmarks, pose and quality, most confident first; empty when there is none. */
    public Outcome<List<AssessedFace>> describe(CapturedSample sample) {
        return decode(sample).map(image -> {
            try (image) {
                return detect(image.pixels()).stream()
                        .map(face -> assess(image.pixels(), face, models::headPose))
                        .toList();
            }
        });
    }

    /**
     * One person's template from several samples. A sample that cannot be used is reported and left out.
     *
     * @param builder decides which images agree and how many it takes
     */
    public Enrolment enrol(
            List<CapturedSample> samples, FaceSelection selection, QualityPolicy policy, TemplateBuilder builder) {
        List<Outcome<BiometricProbe>> probes = new ArrayList<>();
        List<EnrolmentImage> usable = new ArrayList<>();
        for (CapturedSample sample : samples) {
            Outcome<BiometricProbe> outcome = probe(sample, selection, policy);
            if (outcome instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe probe)) {
                usable.add(new EnrolmentImage(
                        probes.size(), probe.features(), probe.face().quality().unified()));
            }
            probes.add(outcome);
        }
        return new Enrolment(probes, builder.build(usable));
    }

    /**
     * Whether a probe and a reference are one person's, at the given operating point; {@code EXTRACTOR_MISMATCH} when they
     * or the operating points belong to different extractors.
     */
    public Outcome<ComparisonDecision> compare(
            BiometricProbe probe, FeatureVector reference, OperatingPoint point, OperatingPoints scale) {
        if (!probe.features().extractor().equals(reference.extractor())
                || !reference.extractor().equals(scale.extractor())) {
            return Outcome.refused(
                    Reason.EXTRACTOR_MISMATCH, "the reference, the probe and the thresholds must share one extractor");
        }
        return Outcome.accepted(timed(
                Stage.COMPARE,
                () -> ComparisonDecision.of(ComparisonScore.of(probe.features(), reference), point, scale)));
    }

    /**
     * Goes through every stage with a sample that shows nobody, as if a face filled its middle, and forgets what came out: so that the
     * JVM has compiled the stages before somebody waits for them.
     */
    public void rehearse(CapturedSample sample) {
        if (decode(sample) instanceof Outcome.Accepted<DecodedImage>(DecodedImage image)) {
            try (image) {
                RgbImage pixels = image.pixels();
                detect(pixels);
                DetectedFace nobody = new DetectedFace(Region.of(pixels).scaled(0.5), 1, Optional.empty());
                // By the network, whatever the points of nobody say: the first head that is turned must not wait for
                // it.
                AssessedFace face = assess(pixels, nobody, models.pose());
                compared(pixels, face, Sides.BOTH, FrameMark.of(pixels, face.landmarks(), face.pose()));
            }
        }
    }

    private Outcome<DecodedImage> decode(CapturedSample sample) {
        return timed(Stage.DECODE, () -> decoder.decode(sample));
    }

    private List<DetectedFace> detect(RgbImage image) {
        return timed(Stage.DETECT, () -> models.detector().detect(image));
    }

    /** The face of the attempt; where none was found, for want of light if that is what is wrong. */
    private Outcome<DetectedFace> choose(FaceSelection selection, RgbImage image) {
        List<DetectedFace> faces = detect(image);
        return faces.isEmpty()
                ? FrameLight.problem(image)
                        .<Outcome<DetectedFace>>map(Outcome.Refused::new)
                        .orElseGet(() -> selection.select(faces, image))
                : selection.select(faces, image);
    }

    private AssessedFace assess(RgbImage image, DetectedFace face, HeadPoseEstimator pose) {
        Landmarks landmarks = timed(Stage.LANDMARKS, () -> models.landmarks().locate(image, face));
        return timed(Stage.QUALITY, () -> {
            HeadPose head = pose.estimate(image, face, landmarks);
            var eyes = models.eyes().estimate(image, landmarks);
            return new AssessedFace(face, landmarks, head, eyes, assessor.assess(image, face, landmarks, head, eyes));
        });
    }

    /** Landmarks that fell together tell neither scale nor place: nothing there is a face. */
    private static Outcome<AssessedFace> requireEyes(AssessedFace face) {
        return face.landmarks().interEyeDistance() > 0
                ? Outcome.accepted(face)
                : Outcome.refused(Reason.NO_FACE, "no eyes were found in the face");
    }

    /** The features of a face, and whether it looks live. */
    private Outcome<BiometricProbe> compared(RgbImage image, AssessedFace face, Sides sides, FrameMark mark) {
        FaceReading reading = timed(Stage.EMBED, () -> models.read(image, face.landmarks(), sides));
        return reading.features()
                .map(features -> new BiometricProbe(
                        face,
                        timed(Stage.LIVENESS, () -> models.liveness().estimate(image, face.face(), reading.texture())),
                        features,
                        mark));
    }

    private <T> T timed(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        observer.completed(stage, System.nanoTime() - start);
        return result;
    }
}
