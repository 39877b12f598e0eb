package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.DetectedFace;

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
    void findsThe22FacesOfTheDemoPhotos() {
        int faces = 0;
        for (int i = 1; i <= DemoPhotos.COUNT; i++) {
            List<DetectedFace> found = models.detector().detect(DemoPhotos.load(i));
            faces += found.size();
        }
        assertThat(faces).isEqualTo(22);
    }
}
