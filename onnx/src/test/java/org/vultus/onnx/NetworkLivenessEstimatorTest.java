package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.testkit.DemoPhotos;

class NetworkLivenessEstimatorTest {
    private static FaceModels models;

    @BeforeAll
    static void open() {
        models = FaceModels.openWithoutHead(ModelPack.bundled());
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void theTensorHoldsTheBytesThemselvesBlueFirst() {
        ImageInput input = ModelPack.bundled().manifest().liveness().input();
        RgbImage image = new RgbImage(128, 128);
        new Random(4).nextBytes(image.rgb());
        FloatBuffer tensor = FloatBuffer.allocate(input.elements());

        new TensorPacker(input).pack(image, tensor);

        assertThat(input.shape()).containsExactly(1, 3, 128, 128);
        for (int i = 0; i < tensor.limit(); i++) {
            int plane = i / (128 * 128);
            int pixel = i % (128 * 128);
            assertThat(tensor.get(i)).isEqualTo(image.at(pixel % 128, pixel / 128, 2 - plane));
        }
    }

    /** This network asks nothing of the extractor. */
    private static LivenessScore estimate(RgbImage image, DetectedFace face) {
        return models.ports().liveness().estimate(image, face, new double[0]);
    }

    @Test
    void mostFacesOfTheDemoPhotosPassForBonaFide() {
        List<LivenessScore> scores = new ArrayList<>();
        for (int photo = 1; photo <= DemoPhotos.COUNT; photo++) {
            RgbImage image = DemoPhotos.pixels(photo);
            for (DetectedFace face : models.ports().detector().detect(image)) {
                scores.add(estimate(image, face));
            }
        }
        assertThat(scores).hasSize(22);
        assertThat(scores.stream().filter(s -> s.bonaFide() >= PassivePad.SIGN_IN.threshold()))
                .as("%s", scores)
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(LivenessScore.median(scores).bonaFide()).isGreaterThan(0.5);
    }

    @Test
    void aSurfaceWithoutAPersonIsNoBonaFideFace() {
        RgbImage grey = new RgbImage(640, 480);
        Arrays.fill(grey.rgb(), (byte) 128);
        DetectedFace claimed = new DetectedFace(new Region(260, 160, 120, 160), 1, Optional.empty());

        assertThat(estimate(grey, claimed).bonaFide()).isLessThan(0.5);
    }

    @Test
    void concurrentCallsGiveWhatSingleCallsGive() throws Exception {
        RgbImage image = DemoPhotos.pixels(3);
        DetectedFace face = models.ports().detector().detect(image).getFirst();
        LivenessScore alone = estimate(image, face);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<LivenessScore>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(() -> estimate(image, face)));
            }
            for (Future<LivenessScore> call : calls) {
                assertThat(call.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void theCropIsTheBoxEnlargedAndMovedInside() {
        RgbImage image = new RgbImage(640, 480);
        assertThat(NetworkLivenessEstimator.surroundings(image, new Region(300, 200, 50, 60)))
                .isEqualTo(new Region(325 - 67.5, 230 - 81, 135, 162));
        assertThat(NetworkLivenessEstimator.surroundings(image, new Region(0, 420, 50, 60)))
                .isEqualTo(new Region(0, 480 - 162, 135, 162));
        // Too tall for 2.7 times: as tall as the image.
        assertThat(NetworkLivenessEstimator.surroundings(image, new Region(250, 100, 200, 240)))
                .isEqualTo(new Region(150, 0, 400, 480));
    }

    @Property(seed = "1")
    void theCropLiesInTheImageAndKeepsTheShapeOfTheBox(
            @ForAll @IntRange(min = 1, max = 2000) int width,
            @ForAll @IntRange(min = 1, max = 2000) int height,
            @ForAll @DoubleRange(min = -0.3, max = 1) double x,
            @ForAll @DoubleRange(min = -0.3, max = 1) double y,
            @ForAll @DoubleRange(min = 0.01, max = 1.5) double w,
            @ForAll @DoubleRange(min = 0.01, max = 1.5) double h) {
        Region box = new Region(x * width, y * height, w * width, h * height);

        Region crop = NetworkLivenessEstimator.surroundings(new RgbImage(width, height), box);

        assertThat(crop.x()).isNotNegative();
        assertThat(crop.y()).isNotNegative();
        assertThat(crop.x() + crop.width()).isLessThanOrEqualTo(width + 1e-9);
        assertThat(crop.y() + crop.height()).isLessThanOrEqualTo(height + 1e-9);
        assertThat(crop.width() / crop.height()).isCloseTo(box.width() / box.height(), within(1e-6));
        assertThat(crop.width()).isLessThanOrEqualTo(2.7 * box.width() + 1e-9);
    }
}
