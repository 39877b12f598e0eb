package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a pack a browser may have. */
class BrowserModelsTest {
    @TempDir
    Path folder;

    @Test
    void theBundledPackGivesItsDetectorAndLandmarksAndNothingElse() {
        ModelPack pack = ModelPack.bundled();
        BrowserModels models = pack.browserModels().orElseThrow();
        assertThat(models.detector().width()).isEqualTo(320);
        assertThat(models.detector().height()).isEqualTo(240);
        assertThat(models.scoreThreshold()).isEqualTo(0.6);
        assertThat(PackFolder.sha256(
                        pack.browserModel(models.detector().sha256()).orElseThrow()))
                .isEqualTo(models.detector().sha256());
        assertThat(PackFolder.sha256(
                        pack.browserModel(models.landmarks().sha256()).orElseThrow()))
                .isEqualTo(models.landmarks().sha256());
        assertThat(pack.browserModel(pack.extractor().sha256())).isEmpty();
        assertThat(pack.browserModel("../model-pack.yaml")).isEmpty();
    }

    @Test
    void aLicenceThatDoesNotLetFilesBeHandedOnKeepsThemHere() {
        PackFolder pack = PackFolder.copy(folder);
        String licence = "licence: MIT, as declared";
        for (String other : new String[] {
            "Apache-2.0", "BSD-3-Clause: as the authors say", "MIT",
        }) {
            pack.edit(licence, "licence: " + quoted(other));
            assertThat(ModelPack.open(folder).browserModels()).as(other).isPresent();
            licence = "licence: " + quoted(other);
        }
        for (String other :
                new String[] {"non-commercial research only", "MITRE's own", "Apache-2.0-but-not-really", "GPL, or MIT"
                }) {
            pack.edit(licence, "licence: " + quoted(other));
            ModelPack opened = ModelPack.open(folder);
            assertThat(opened.browserModels()).as(other).isEmpty();
            assertThat(opened.browserModel(ModelPack.bundled()
                            .browserModels()
                            .orElseThrow()
                            .detector()
                            .sha256()))
                    .isEmpty();
            licence = "licence: " + quoted(other);
        }
    }

    @Test
    void aDetectorThatThePagesDoNotUnderstandStaysHere() {
        PackFolder pack = PackFolder.copy(folder);
        pack.edit("decoder: ssd", "decoder: scrfd");
        assertThat(ModelPack.open(folder).browserModels()).isEmpty();
    }

    private static String quoted(String text) {
        return "\"" + text + "\" #";
    }
}
