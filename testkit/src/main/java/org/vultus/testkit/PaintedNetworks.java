package org.vultus.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureExtractor;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ModelPorts;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.trace.Stage;

/**
 * Networks that see in a {@link PaintedFace} what was painted into it; pixels, alignment, quality and everything that follows
 * are the real ones. Counts the samples that were decoded and the poses that were asked for. Safe for several threads.
 */
public final class PaintedNetworks {
    public static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    /** What the scores of painted faces are taken to mean. */
    public static final OperatingPoints SCALE = new OperatingPoints(
            EXTRACTOR,
            List.of(
                    new OperatingPoint(1e-2, 0.3, true),
                    new OperatingPoint(1e-3, 0.4, true),
                    new OperatingPoint(1e-4, 0.5, true),
                    new OperatingPoint(1e-5, 0.6, true),
                    new OperatingPoint(1e-6, 0.7, true)));

    private final AtomicInteger decoded = new AtomicInteger();
    private final AtomicInteger posed = new AtomicInteger();
    private final FaceEngine engine = new FaceEngine(
            new ImageDecoder(ImageLimits.DEFAULT),
            new ModelPorts(
                    PaintedNetworks::detect,
                    (image, face) -> PaintedFace.landmarks(
                            image.at(0, 0, 2) - PaintedFace.NO_YAW,
                            image.at(1, 0, 0),
                            image.at(1, 0, 1),
                            image.at(2, 0, 0)),
                    (image, face, landmarks) -> pose(image),
                    (image, landmarks) -> image.at(1, 0, 0) > 40 ? new EyeState(1, 1) : new EyeState(0, 0),
                    (image, face, texture) -> new LivenessScore(image.at(0, 0, 0) / 255.0),
                    new Extractor()),
            (stage, nanoseconds) -> decoded.addAndGet(stage == Stage.DECODE ? 1 : 0));

    /** The pipeline over these networks. */
    public FaceEngine engine() {
        return engine;
    }

    /** How many samples were decoded so far. */
    public int decoded() {
        return decoded.get();
    }

    /** How many heads were asked for their pose so far. */
    public int posed() {
        return posed.get();
    }

    private HeadPose pose(RgbImage image) {
        posed.incrementAndGet();
        return new HeadPose(image.at(0, 0, 2) - PaintedFace.NO_YAW, image.at(1, 0, 2) - PaintedFace.NO_YAW, 0);
    }

    /** What is extracted from such a face. */
    public static FeatureVector features(PaintedFace face) {
        float[] features = new float[PaintedFace.PEOPLE];
        features[face.person()] += 100 - face.resemblance();
        features[face.other()] += face.resemblance();
        return FeatureVector.normalised(EXTRACTOR, features);
    }

    private static List<DetectedFace> detect(RgbImage image) {
        return IntStream.range(0, image.at(0, 0, 1))
                .mapToObj(i -> new DetectedFace(PaintedFace.BOX, 0.99 - 0.001 * i, Optional.empty()))
                .toList();
    }

    private static final class Extractor implements FeatureExtractor {
        @Override
        public ExtractorId id() {
            return EXTRACTOR;
        }

        @Override
        public int dimension() {
            return PaintedFace.PEOPLE;
        }

        @Override
        public FaceReading read(AlignedFace face, Sides sides) {
            return new FaceReading(Outcome.accepted(
                    features(PaintedFace.of(patch(face, 0)).resembling(patch(face, 2), patch(face, 1)))));
        }

        private static int patch(AlignedFace face, int channel) {
            return face.pixels().at(PaintedFace.ALIGNED_PATCH_X, PaintedFace.ALIGNED_PATCH_Y, channel)
                    - PaintedFace.OFFSET;
        }
    }
}
