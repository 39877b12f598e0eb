package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.testkit.DemoPhotos;

class PadHeadFileTest {

    @TempDir
    private Path folder;

    private final ModelPack pack = ModelPack.bundled();
    private final PadHeadFile shipped = pack.padHead().orElseThrow();

    @Test
    void aFileReadsAsItWasWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("head.json"), shipped.json());

        assertThat(PadHeadFile.read(file, pack)).isEqualTo(shipped);
    }

    @Test
    void theShippedHeadSaysWhatItWasTrainedOn() {
        assertThat(shipped.training().sources()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(shipped.training().sources())
                .allSatisfy(s -> assertThat(s.bonaFide()).isPositive());
        assertThat(shipped.head().size()).isEqualTo(512 + 512 + 896);
    }

    @Test
    void aHeadForOtherNetworksIsRefusedByName() throws IOException {
        String other = "0".repeat(64);
        Path file = Files.writeString(
                folder.resolve("head.json"),
                shipped.json().replace(pack.extractor().sha256(), other));

        assertThatThrownBy(() -> PadHeadFile.read(file, pack))
                .isInstanceOf(ModelPackException.class)
                .hasMessageContaining("head.json")
                .hasMessageContaining(other)
                .hasMessageContaining(pack.extractor().sha256());
    }

    @Test
    void aMissingOrSpoiltFileIsRefused() throws IOException {
        assertThatThrownBy(() -> PadHeadFile.read(folder.resolve("none.json"), pack))
                .isInstanceOf(ModelPackException.class)
                .hasMessageContaining("missing");
        Path spoilt =
                Files.writeString(folder.resolve("spoilt.json"), shipped.json().substring(100));
        assertThatThrownBy(() -> PadHeadFile.read(spoilt, pack)).isInstanceOf(ModelPackException.class);
    }

    @Test
    void aCalibratedHeadGivesHigherOddsByItsShift() {
        RgbImage image = DemoPhotos.pixels(3);
        PadHeadFile moved = shipped.calibrated(new PadHeadFile.Calibration("2026-01-01", 0.01, 300, 1.5));

        try (FaceModels before = FaceModels.open(pack, shipped);
                FaceModels after = FaceModels.open(pack, moved)) {
            DetectedFace face = before.ports().detector().detect(image).getFirst();
            LivenessScore low = before.ports().liveness().estimate(image, face, texture(before, image, face));
            LivenessScore high = after.ports().liveness().estimate(image, face, texture(after, image, face));
            assertThat(high.logOdds() - low.logOdds()).isCloseTo(1.5, within(1e-6));
        }
        assertThat(moved.calibrations()).hasSize(1);
    }

    @Test
    void theWindowHasAWebcamsShapeWhateverTheFrame() {
        DetectedFace face = new DetectedFace(new Region(100, 100, 40, 50), 1, Optional.empty());
        assertThat(PadNetworks.window(new RgbImage(640, 480), face.box())).isEqualTo(new Region(0, 0, 640, 480));
        assertThat(PadNetworks.window(new RgbImage(480, 640), face.box())).isEqualTo(new Region(0, 0, 480, 360));
        assertThat(PadNetworks.window(new RgbImage(1920, 1080), face.box())).isEqualTo(new Region(0, 0, 1440, 1080));
        assertThat(PadNetworks.window(new RgbImage(250, 250), face.box())).isEqualTo(new Region(0, 31.25, 250, 187.5));
    }

    @Test
    void aFrameOfAnyShapeIsScored() {
        try (FaceModels models = FaceModels.open(pack, shipped)) {
            for (int[] size : new int[][] {{480, 640}, {250, 250}, {1920, 1080}, {40, 300}}) {
                RgbImage image = new RgbImage(size[0], size[1]);
                Region box = new Region(-5, size[1] / 3.0, size[0] * 1.1, size[1] / 2.0);
                assertThat(models.ports()
                                .liveness()
                                .estimate(
                                        image,
                                        new DetectedFace(box, 1, Optional.empty()),
                                        models.ports()
                                                .extractor()
                                                .read(new AlignedFace(new RgbImage(112, 112)), Sides.BOTH)
                                                .texture())
                                .bonaFide())
                        .isBetween(0.0, 1.0);
            }
        }
    }

    private static double[] texture(FaceModels models, RgbImage image, DetectedFace face) {
        return models.ports()
                .read(image, models.ports().landmarks().locate(image, face), Sides.BOTH)
                .texture();
    }
}
