package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;

class ModelPackTest {

    @TempDir
    Path folder;

    private PackFolder pack;

    @BeforeEach
    void copy() {
        pack = PackFolder.copy(folder);
    }

    @Test
    void aFolderIsReadAsTheBundledPackIs() {
        ModelPack opened = ModelPack.open(folder);
        assertThat(opened.manifest()).isEqualTo(ModelPack.bundled().manifest());
        assertThat(opened.manifest().detector().decoder()).isEqualTo(Decoder.SSD);
        assertThat(opened.extractor().sha256()).isEqualTo(PackFolder.sha256(PackFolder.bundled("fr_feature.onnx")));
        assertThat(opened.read(opened.manifest().eyes())).isEqualTo(PackFolder.bundled("fr_eye.onnx"));
        assertThat(opened.operatingPoints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: faceplugin-0.0.1        | name: x\\nextra: 1                | extra
            decoder: ssd                  | decoder: sdd                     | sdd
            decoder: ssd                  | decoders: ssd                    | decoder
            score_threshold: 0.6          | score_threshold: 1.6             | score_threshold
            score_threshold: 0.6          | score_threshold: .nan            | score_threshold
            score_threshold: 0.6          | scores: 0.6                      | score
            `  nms_threshold: 0.4\\n`     | ``                               | nms_threshold
            width: 320                    | width: 0                         | 0×240
            width: 320                    | width: 99999                     | 99999
            width: 320                    | width: wide                      | width
            width: 320                    | width: null                      | width
            channels: GREY, mean: [0], std: [256] | channels: GREY, mean: [0, 1, 2], std: [256] | mean
            channels: BGR, mean: [127.5]  | channels: BGR, mean: [1, 2]      | mean
            channels: BGR, mean: [127.5]  | channels: BGR, mean: [null]      | mean
            std: [128]                    | std: [0]                         | std
            channels: BGR                 | channels: YUV                    | YUV
            `liveness:\\n`               | `livenes:\\n`                    | liveness: the key is missing
            `eyes:\\n`                    | `eyez:\\n`                       | eyes: the key is missing
            format: 1                     | format: 2                        | format 2
            format: 1                     | format: 1\\nformat: 1            | format
            dimension: 512                | dimension: -1                    | dimension
            file: fr_eye.onnx             | file: ../fr_eye.onnx             | ../fr_eye.onnx
            file: fr_eye.onnx             | file: /etc/passwd                | /etc/passwd
            sha256: 1afcea                | sha256: 1AFCEA                   | SHA-256
            detector:                     | `detector: [`                    | line
            """)
    void aMalformedManifestIsRefusedByName(String from, String to, String named) {
        pack.edit(from.replace("\\n", "\n"), to == null ? "" : to.replace("\\n", "\n"));
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> ModelPack.open(folder))
                .withMessageStartingWith(pack.manifest().toString())
                .withMessageContaining(named)
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("org.vultus").doesNotContain("tools.jackson"));
    }

    @Test
    void aMissingRoleIsNamed() throws IOException {
        String yaml = Files.readString(pack.manifest());
        Files.writeString(pack.manifest(), yaml.substring(0, yaml.indexOf("extractor:")));
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> ModelPack.open(folder))
                .withMessageContaining("extractor");
    }

    @ParameterizedTest
    @CsvSource({"''", "'null'", "'[]'", "'5'", "'--- a'", "'\u0000'", "'*x'"})
    void whatIsNoManifestAtAllIsRefused(String text) {
        pack.write(ModelPack.MANIFEST, text.getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> ModelPack.open(folder))
                .withMessageStartingWith(pack.manifest().toString());
    }

    @Test
    void aFolderWithoutManifestOrNoFolderIsRefused() throws IOException {
        Files.delete(pack.manifest());
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> ModelPack.open(folder))
                .withMessageContaining("model-pack.yaml: the file is missing");
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> ModelPack.open(folder.resolve("elsewhere")))
                .withMessageContaining("elsewhere: there is no such folder");
    }

    @Test
    void everyFileIsCheckedBeforeItIsParsed() {
        for (String file : PackFolder.FILES) {
            byte[] bytes = PackFolder.bundled(file);
            bytes[bytes.length / 2] ^= 1;
            pack.write(file, bytes);
            assertThatExceptionOfType(ModelPackException.class)
                    .isThrownBy(() -> FaceModels.open(ModelPack.open(folder)))
                    .withMessageStartingWith(folder.resolve(file).toString())
                    .withMessageContaining(PackFolder.sha256(bytes))
                    .withMessageContaining("Copy the pack's files again");
            pack.write(file, PackFolder.bundled(file));
        }
    }

    @Test
    void aMissingModelIsNamed() throws IOException {
        Files.delete(folder.resolve("fr_pose.onnx"));
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> FaceModels.open(ModelPack.open(folder)))
                .withMessageContaining("fr_pose.onnx: the file is missing");
    }

    @Test
    void aFileThatIsNoNetworkIsNamedEvenWithTheRightHash() {
        byte[] eyes = PackFolder.bundled("fr_eye.onnx");
        byte[] truncated = Arrays.copyOf(eyes, eyes.length / 2);
        pack.write("fr_eye.onnx", truncated);
        pack.edit(PackFolder.sha256(eyes), PackFolder.sha256(truncated));
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> FaceModels.open(ModelPack.open(folder)))
                .withMessageStartingWith(folder.resolve("fr_eye.onnx").toString())
                .withMessageContaining("it is not an ONNX file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            width: 24, height: 24      | width: 24, height: 32   | fr_eye.onnx
            width: 224, height: 224, channels: RGB, mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] | width: 224, height: 224, channels: GREY, mean: [0], std: [1] | fr_pose.onnx
            width: 128, height: 128    | width: 128, height: 80  | fr_liveness.onnx
            decoder: ssd               | decoder: scrfd          | fr_detect.onnx
            decoder: ssd               | decoder: retinaface     | fr_detect.onnx
            decoder: ssd               | decoder: yunet          | fr_detect.onnx
            dimension: 512             | dimension: 256          | fr_feature.onnx
            yaw: output                | yaw: nothing            | fr_pose.onnx
            """)
    void aNetworkOfAnotherShapeIsNamed(String from, String to, String file) {
        pack.edit(from, to);
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> FaceModels.open(ModelPack.open(folder)))
                .withMessageStartingWith(folder.resolve(file).toString())
                .withMessageContaining("Correct model-pack.yaml");
    }

    @Test
    void operatingPointsOfThePacksExtractorAreRead() {
        ModelPack opened = withOperatingPoints("""
                {"format": 1, "extractor_sha256": "%s", "measured_on": "something",
                 "operating_points": [
                   {"fmr": 1e-4, "threshold": 0.4, "demonstrated": false, "comparisons": 10},
                   {"fmr": 1e-3, "threshold": 0.3, "demonstrated": true}]}
                """);
        OperatingPoints points = opened.operatingPoints().orElseThrow();
        assertThat(points.extractor()).isEqualTo(opened.extractor());
        assertThat(points.points())
                .containsExactly(new OperatingPoint(1e-3, 0.3, true), new OperatingPoint(1e-4, 0.4, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"format": 2, "extractor_sha256": "%s", "operating_points": []}                          | format 2
            {"format": 1, "operating_points": []}                                                    | extractor_sha256
            {"format": 1, "extractor_sha256": "%s", "operating_points": []}                          | no operating point
            {"format": 1, "extractor_sha256": "%s", "operating_points": [null]}                      | operating_points
            {"format": 1, "extractor_sha256": "%s", "operating_points": [{"fmr": 1e-3}]}             | threshold
            {"format": 1, "extractor_sha256": "%s", "operating_points": [{"fmr": 2, "threshold": 0.3, "demonstrated": true}]} | FMR 2
            {"format": 1, "extractor_sha256": "0000", "operating_points": [{"fmr": 0.1, "threshold": 0.3, "demonstrated": true}]} | 0000
            {"format": 1, "extr                                                                      | line
            """)
    void otherOperatingPointsAreRefused(String json, String named) {
        assertThatExceptionOfType(ModelPackException.class)
                .isThrownBy(() -> withOperatingPoints(json))
                .withMessageContaining("operating-points.json")
                .withMessageContaining(named)
                .withMessageContaining("Run the calibration again");
    }

    private ModelPack withOperatingPoints(String json) {
        String extractor = PackFolder.sha256(PackFolder.bundled("fr_feature.onnx"));
        pack.write(ModelPack.OPERATING_POINTS, json.replace("%s", extractor).getBytes(StandardCharsets.UTF_8));
        return ModelPack.open(folder);
    }
}
