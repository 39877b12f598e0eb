package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.testkit.DemoPhotos;

/** A pack with an SCRFD detector, where one is at hand; its licence forbids to ship it. */
class OtherDetectorTest {
    private static final Path SCRFD = Path.of("../../shared/models/scrfd_500m_bnkps.onnx");

    @Test
    void scrfdFindsTheSameFacesAsTheDefault(@TempDir Path folder) throws IOException {
        assumeTrue(Files.exists(SCRFD), "no SCRFD model here");
        byte[] scrfd = Files.readAllBytes(SCRFD);
        PackFolder pack = PackFolder.copy(folder);
        pack.write("scrfd.onnx", scrfd);
        pack.edit("fr_detect.onnx", "scrfd.onnx");
        pack.edit(PackFolder.sha256(PackFolder.bundled("fr_detect.onnx")), PackFolder.sha256(scrfd));
        pack.edit("decoder: ssd", "decoder: scrfd");
        pack.edit(
                "input: {width: 320, height: 240, channels: RGB, mean: [127]",
                "input: {width: 640, height: 640, channels: RGB, mean: [127.5]");
        pack.edit("score_threshold: 0.6", "score_threshold: 0.5");
        try (FaceModels standard = FaceModels.open(ModelPack.bundled());
                FaceModels other = FaceModels.open(ModelPack.open(folder))) {
            int faces = 0;
            for (int photo = 1; photo <= DemoPhotos.COUNT; photo++) {
                RgbImage image = DemoPhotos.pixels(photo);
                List<DetectedFace> expected = standard.ports().detector().detect(image);
                List<DetectedFace> found = other.ports().detector().detect(image);
                assertThat(found).as("sample" + photo).hasSameSizeAs(expected);
                for (DetectedFace face : expected) {
                    DetectedFace same = found.stream()
                            .filter(f -> f.overlap(face) > 0.5)
                            .findFirst()
                            .orElseThrow();
                    Landmarks landmarks = standard.ports().landmarks().locate(image, face);
                    FivePoints points = same.keyPoints().orElseThrow();
                    double near = 0.4 * face.box().width();
                    assertThat(points.leftEye().distance(landmarks.leftEye())).isLessThan(near);
                    assertThat(points.mouthRight().distance(landmarks.point(54)))
                            .isLessThan(near);
                    faces++;
                }
            }
            assertThat(faces).isEqualTo(22);
        }
    }
}
