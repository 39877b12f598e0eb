package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.FaceAligner;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.testkit.DemoPhotos;

/** The default pack on the demo photos, whose faces are counted from the left. */
class FaceModelsTest {
    private static FaceModels models;

    @BeforeAll
    static void open() {
        models = FaceModels.open(ModelPack.bundled());
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void findsEveryFaceOnceMostConfidentFirst() {
        for (int photo = 1; photo <= DemoPhotos.COUNT; photo++) {
            List<DetectedFace> faces = models.ports().detector().detect(DemoPhotos.pixels(photo));
            assertThat(faces).as("sample" + photo).hasSize(DemoPhotos.faces(photo));
            assertThat(faces)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(DetectedFace::confidence).reversed());
        }
    }

    @Test
    void findsNobodyWhereNobodyIs() {
        RgbImage noise = new RgbImage(400, 300);
        new Random(5).nextBytes(noise.rgb());
        assertThat(models.ports().detector().detect(noise)).isEmpty();
        assertThat(models.ports().detector().detect(new RgbImage(1, 1))).isEmpty();
        assertThat(models.ports().detector().detect(new RgbImage(3000, 1))).isEmpty();
    }

    @Test
    void aMirrorMovesTheBoxAndThePointsAlong() {
        RgbImage image = DemoPhotos.pixels(3);
        RgbImage mirror = Resampling.mirror(image);
        List<DetectedFace> faces = fromLeft(image);
        List<DetectedFace> mirrored = fromLeft(mirror).reversed();
        for (int i = 0; i < faces.size(); i++) {
            Landmarks points = models.ports().landmarks().locate(image, faces.get(i));
            Landmarks there = models.ports().landmarks().locate(mirror, mirrored.get(i));
            double tolerance = 0.1 * points.interEyeDistance();
            assertThat(mirrored.get(i).box().centreX())
                    .isCloseTo(image.width() - faces.get(i).box().centreX(), within(tolerance));
            assertThat(there.rightEye().x())
                    .isCloseTo(image.width() - points.leftEye().x(), within(tolerance));
            assertThat(there.rightEye().y()).isCloseTo(points.leftEye().y(), within(tolerance));
            assertThat(there.point(30).x())
                    .isCloseTo(image.width() - points.point(30).x(), within(tolerance));
            assertThat(there.point(48).y()).isCloseTo(points.point(54).y(), within(tolerance));
        }
    }

    @Test
    void placesThePartsOfAFaceInTheirOrder() {
        for (int photo : new int[] {3, 5, 6}) {
            RgbImage image = DemoPhotos.pixels(photo);
            for (DetectedFace face : models.ports().detector().detect(image)) {
                Landmarks points = models.ports().landmarks().locate(image, face);
                FivePoints five = points.fivePoints();
                assertThat(five.leftEye().x()).isLessThan(five.rightEye().x());
                assertThat(five.mouthLeft().x()).isLessThan(five.mouthRight().x());
                assertThat(five.nose().y())
                        .isBetween(five.leftEye().y(), five.mouthRight().y());
                assertThat(points.mean(17, 26).y())
                        .isLessThan(points.mean(36, 47).y());
                assertThat(points.point(8).y())
                        .isGreaterThan(points.mean(48, 59).y());
            }
        }
    }

    /** What one side gives is what the other gives of the mirror image, and both together are their mean. */
    @Test
    void aFaceIsReadFromTheSidesThatAreAskedFor() {
        RgbImage image = DemoPhotos.pixels(3);
        Landmarks landmarks =
                models.ports().landmarks().locate(image, fromLeft(image).getFirst());
        try (AlignedFace face = FaceAligner.align(image, landmarks.fivePoints());
                AlignedFace mirror = new AlignedFace(Resampling.mirror(face.pixels()))) {
            FaceReading seen = models.ports().extractor().read(face, Sides.AS_SEEN);
            FaceReading mirrored = models.ports().extractor().read(face, Sides.MIRRORED);
            FaceReading both = models.ports().extractor().read(face, Sides.BOTH);

            assertThat(models.ports().extractor().read(mirror, Sides.AS_SEEN).texture())
                    .isEqualTo(mirrored.texture())
                    .isNotEqualTo(seen.texture());
            double[] mean = new double[both.texture().length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (seen.texture()[i] + mirrored.texture()[i]) / 2;
            }
            assertThat(both.texture()).containsExactly(mean, within(1e-9));
            double apart = features(seen).cosine(features(mirrored));
            assertThat(apart).isBetween(0.8, 0.9999);
            assertThat(features(both).cosine(features(seen))).isGreaterThan(apart);
            assertThat(features(both).cosine(features(mirrored))).isGreaterThan(apart);
        }
    }

    private static FeatureVector features(FaceReading reading) {
        return ((Outcome.Accepted<FeatureVector>) reading.features()).value();
    }

    @Test
    void poseFollowsTheSignsOfHeadPose() {
        // Face 1 of sample1 looks to the left edge of the photo, face 3 has its head tilted clockwise;
        // face 2 of sample5 looks to the right edge.
        assertThat(pose(1, 0).yaw()).isLessThan(-15);
        assertThat(pose(1, 2).roll()).isGreaterThan(20);
        assertThat(pose(1, 1).roll()).isLessThan(-20);
        assertThat(pose(5, 1).yaw()).isGreaterThan(25);
        // Face 3 of sample2 looks down.
        assertThat(pose(2, 2).pitch()).isLessThan(-15);
    }

    @Test
    void aMirrorTurnsYawAndRollRound() {
        for (int photo : new int[] {1, 3, 5}) {
            RgbImage image = DemoPhotos.pixels(photo);
            RgbImage mirror = Resampling.mirror(image);
            for (DetectedFace face : fromLeft(image)) {
                HeadPose pose = pose(image, face);
                HeadPose mirrored = pose(mirror, mirror(face, image));
                assertThat(mirrored.yaw()).isCloseTo(-pose.yaw(), within(10.0));
                assertThat(mirrored.pitch()).isCloseTo(pose.pitch(), within(10.0));
                assertThat(mirrored.roll()).isCloseTo(-pose.roll(), within(10.0));
            }
        }
    }

    @Test
    void tellsOpenEyesFromClosedOnes() {
        // All of sample3 look into the camera; face 2 of sample1 and face 3 of sample2 have their eyes shut.
        for (int face = 0; face < 3; face++) {
            EyeState open = eyes(3, face);
            assertThat(open.leftOpen()).isGreaterThan(0.9);
            assertThat(open.rightOpen()).isGreaterThan(0.9);
        }
        for (EyeState shut : List.of(eyes(1, 1), eyes(2, 2))) {
            assertThat(shut.leftOpen()).isLessThan(0.1);
            assertThat(shut.rightOpen()).isLessThan(0.1);
        }
    }

    @Test
    void matedFacesScoreAboveNonMatedOnes() {
        List<FeatureVector> one = features(1);
        List<FeatureVector> three = features(3);
        List<FeatureVector> four = features(4);
        assertThat(one.get(2).cosine(three.get(1))).isBetween(0.60, 0.85);
        assertThat(one.get(1).cosine(four.get(0))).isBetween(0.35, 0.65);
        // Different people, most in other light.
        for (FeatureVector other : List.of(one.get(0), four.get(1), four.get(3))) {
            assertThat(three.get(1).cosine(other)).isLessThan(0.35);
        }
        assertThat(three.get(1).cosine(three.get(2))).isLessThan(one.get(2).cosine(three.get(1)));
    }

    @Test
    void featuresAreOfUnitLengthBoundToTheExtractorAndBlindToMirrors() {
        RgbImage image = DemoPhotos.pixels(3);
        AlignedFace face = align(image, fromLeft(image).getFirst());
        FeatureVector features = extract(face);
        assertThat(features.dimension())
                .isEqualTo(512)
                .isEqualTo(models.ports().extractor().dimension());
        assertThat(features.extractor()).isEqualTo(models.ports().extractor().id());
        assertThat(features.cosine(features)).isCloseTo(1, within(1e-6));
        FeatureVector mirrored = extract(new AlignedFace(Resampling.mirror(face.pixels())));
        assertThat(mirrored.cosine(features)).isCloseTo(1, within(1e-5));
    }

    @Test
    void concurrentCallsGiveWhatSingleCallsGive() throws Exception {
        RgbImage image = DemoPhotos.pixels(3);
        List<DetectedFace> faces = models.ports().detector().detect(image);
        List<FeatureVector> features = features(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(() -> {
                    assertThat(models.ports().detector().detect(image)).isEqualTo(faces);
                    assertThat(features(3)).isEqualTo(features);
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
    }

    @Test
    void nothingOfAFaceStaysInAWorkspace() {
        ModelPack pack = ModelPack.bundled();
        List<FloatBuffer> seen = new ArrayList<>();
        try (ModelSession session = ModelSession.load(
                pack,
                pack.manifest().extractor(),
                RuntimeOptions.DEFAULT,
                outputs -> List.of(outputs.getFirst().name()))) {
            session.run(
                    tensor -> {
                        seen.add(tensor);
                        for (int i = 0; i < tensor.limit(); i++) {
                            tensor.put(i, 0.5f);
                        }
                    },
                    outputs -> {
                        seen.addAll(outputs);
                        assertThat(outputs.getFirst().get(0)).isNotZero();
                        return true;
                    });
            assertThat(seen).hasSize(2);
            for (FloatBuffer buffer : seen) {
                for (int i = 0; i < buffer.limit(); i++) {
                    assertThat(buffer.get(i)).isZero();
                }
            }
        }
    }

    @Test
    void closedModelsSaySo() {
        FaceModels closed = FaceModels.open(ModelPack.bundled());
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.ports().detector().detect(new RgbImage(50, 50)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static HeadPose pose(int photo, int face) {
        RgbImage image = DemoPhotos.pixels(photo);
        return pose(image, fromLeft(image).get(face));
    }

    private static HeadPose pose(RgbImage image, DetectedFace face) {
        return models.ports()
                .pose()
                .estimate(image, face, models.ports().landmarks().locate(image, face));
    }

    private static EyeState eyes(int photo, int face) {
        RgbImage image = DemoPhotos.pixels(photo);
        return models.ports()
                .eyes()
                .estimate(
                        image,
                        models.ports().landmarks().locate(image, fromLeft(image).get(face)));
    }

    private static List<FeatureVector> features(int photo) {
        RgbImage image = DemoPhotos.pixels(photo);
        return fromLeft(image).stream().map(face -> extract(align(image, face))).toList();
    }

    private static FeatureVector extract(AlignedFace face) {
        return switch (models.ports().extractor().read(face, Sides.BOTH).features()) {
            case Outcome.Accepted<FeatureVector>(FeatureVector features) -> features;
            case Outcome.Refused<FeatureVector>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static AlignedFace align(RgbImage image, DetectedFace face) {
        return FaceAligner.align(
                image, models.ports().landmarks().locate(image, face).fivePoints());
    }

    private static List<DetectedFace> fromLeft(RgbImage image) {
        return models.ports().detector().detect(image).stream()
                .sorted(Comparator.comparingDouble(face -> face.box().centreX()))
                .toList();
    }

    private static DetectedFace mirror(DetectedFace face, RgbImage image) {
        Region box = face.box();
        return new DetectedFace(
                new Region(image.width() - box.x() - box.width(), box.y(), box.width(), box.height()),
                face.confidence(),
                face.keyPoints());
    }
}
