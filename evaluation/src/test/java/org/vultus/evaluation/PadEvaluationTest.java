package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.image.Region;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PadEvaluationTest {

    @TempDir
    Path temp;

    @Test
    void countsPresentationsOfEachSourceAndWhatShowsNobody() throws IOException {
        try (People people = new People()) {
            people.capture(temp.resolve("data/desk/live/ann/1.jpg"), Capture.WEBCAM, 1, 3);
            people.capture(temp.resolve("data/desk/live/ann/2.jpg"), Capture.WEBCAM.withDegrees(3), 1, 3);
            people.capture(temp.resolve("data/desk/live/bob/1.jpg"), Capture.WEBCAM, 5, 4);
            // What the faces in these folders are matters only to the rates, which are not looked at.
            people.capture(temp.resolve("data/desk/spoof/1.jpg"), Capture.WEBCAM.withBlur(2), 3, 2);
            people.capture(temp.resolve("data/door/spoof/1.jpg"), Capture.WEBCAM.withGain(0.7), 3, 2);
        }
        Files.write(
                temp.resolve("data/door/spoof/nobody.jpg"),
                Capture.WEBCAM.withShiftX(3).of(DemoPhotos.bytes(1), new Region(0, 0, 100, 100)));
        Files.writeString(temp.resolve("data/door/notes.txt"), "not an image");

        CommandLineRun run =
                CommandLineRun.of("evaluate", "pad", "--images", temp.resolve("data"), "--out", temp.resolve("out"));

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode metrics = metrics();
        assertThat(metrics.at("/single/bona_fide").intValue()).isEqualTo(3);
        assertThat(metrics.at("/single/attacks").intValue()).isEqualTo(2);
        assertThat(metrics.at("/bag10/attacks").intValue()).isZero();
        assertThat(metrics.get("images").intValue()).isEqualTo(6);
        assertThat(metrics.get("failure_to_acquire").doubleValue()).isEqualTo(1 / 6.0);
        assertThat(metrics.at("/failures_by_reason/NO_FACE").intValue()).isEqualTo(1);
        assertThat(metrics.at("/single/sources/desk/eer").isNumber()).isTrue();
        assertThat(metrics.at("/single/sources/door").has("bpcer")).isFalse();
        assertThat(run.out()).contains("6 images", "report.html");
        assertThat(temp.resolve("out/report.html")).content().contains("desk", "door");
    }

    @Test
    void aWindowAroundTheFaceIsLookedAtInsteadOfTheFrame() throws IOException {
        try (People people = new People()) {
            people.capture(temp.resolve("data/live/1.jpg"), Capture.WEBCAM, 1, 3);
            people.capture(temp.resolve("data/spoof/1.jpg"), Capture.WEBCAM, 3, 2);
        }
        CommandLineRun run = CommandLineRun.of(
                "evaluate", "pad", "--images", temp.resolve("data"), "--out", temp.resolve("out"), "--window", "0.55");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(metrics().get("failure_to_acquire").doubleValue()).isZero();
    }

    @Test
    void aFolderWithoutAttacksIsRefusedBeforeAnyWork() throws IOException {
        Files.createDirectories(temp.resolve("data/live"));
        Files.write(temp.resolve("data/live/1.jpg"), new byte[] {1});

        CommandLineRun run = CommandLineRun.of("evaluate", "pad", "--images", temp.resolve("data"), "--out", temp);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("must hold images in folders live and spoof");
    }

    @Test
    void screensScoreBelowTheLivePersonOnAWebcam() throws IOException {
        Path webcam = DemoPhotos.evaluationData().resolve("pad/visagetrack");
        assumeThat(webcam).exists();

        CommandLineRun run = CommandLineRun.of("evaluate", "pad", "--images", webcam, "--out", temp.resolve("out"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(metrics().at("/single/eer").doubleValue()).isLessThan(0.2);
    }

    private JsonNode metrics() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(temp.resolve("out/metrics.json")));
    }
}
