package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.testkit.Capture;
import org.vultus.testkit.Command;
import org.vultus.testkit.DemoPhotos;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LivenessEvaluationTest {

    @TempDir
    Path temp;

    @Test
    void aStillPhotoShowsNothingAndIsNotBonaFide() throws Exception {
        assumeThat(Command.runs("ffmpeg", "-version")).isTrue();
        try (People people = new People()) {
            for (int i = 0; i < 30; i++) {
                people.capture(temp.resolve("%02d.jpg".formatted(i)), Capture.WEBCAM.withShiftX(0.001 * (i % 5)), 3, 2);
            }
        }
        Command.runs(
                "ffmpeg",
                "-framerate",
                "10",
                "-i",
                temp.resolve("%02d.jpg").toString(),
                temp.resolve("still.mp4").toString());

        JsonNode metrics = evaluate("still.mp4,spoof,BLINK\n");

        JsonNode clip = metrics.path("clips").get(0);
        assertThat(clip.path("frames_with_face").asInt()).isEqualTo(30);
        assertThat(clip.path("blinks").asInt()).isZero();
        assertThat(clip.path("actions").size()).isZero();
        assertThat(clip.path("expected_met").asBoolean()).isFalse();
        assertThat(clip.at("/active/decision").asString()).isNotEqualTo("BONA_FIDE");
        assertThat(clip.path("scripts_followed_by_chance").asDouble()).isZero();
        assertThat(metrics.path("spoof_accepted").asInt()).isZero();
        assertThat(temp.resolve("out/report.html")).content().contains("still.mp4");
    }

    /** Counted by eye: four blinks; a head turned to its right that turns to its left; a head that does not turn. */
    @Test
    void seesWhatIsInTheRecordedClips() throws Exception {
        Path video = DemoPhotos.evaluationData().resolve("video");
        assumeThat(Command.runs("ffmpeg", "-version") && Files.isDirectory(video))
                .isTrue();

        JsonNode metrics = evaluate("""
                %1$s/Pushtogithub23__blinking_4.mp4,live,BLINK:4
                %1$s/intel-iot-devkit__head-pose-face-detection-female.gif,live,TURN_RIGHT;TURN_LEFT
                %1$s/intel-iot-devkit__head-pose-face-detection-male.gif,live,
                """.formatted(video));

        assertThat(metrics.path("clips").valueStream())
                .allSatisfy(clip -> assertThat(clip.path("expected_met").asBoolean())
                        .as("%s", clip)
                        .isTrue());
        assertThat(metrics.path("clips").get(0).path("blink_times_s").valueStream())
                .extracting(time -> Math.round(time.asDouble()))
                .containsExactly(2L, 4L, 7L, 9L);
        assertThat(metrics.path("live_accepted").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsWrongInTheListIsTold() throws IOException {
        assertThat(run("file,label\n").err()).contains("must begin with the line file,label,expected");
        assertThat(run("file,label,expected\nnone.mp4,live,\n").err()).contains("line 2", "no clip \"none.mp4\"");
        Files.write(temp.resolve("a.mp4"), new byte[] {1, 2, 3});
        assertThat(run("file,label,expected\na.mp4,maybe,\n").err()).contains("label must be live or spoof");
        assertThat(run("file,label,expected\na.mp4,live,WINK:2\n").err()).contains("no action and count like BLINK:3");
        assertThat(run("file,label,expected\n").err()).contains("names no clip");
        assertThat(run("file,label,expected\na.mp4,live,\n").exit()).isEqualTo(2);
    }

    private CommandLineRun run(String list) throws IOException {
        Files.writeString(temp.resolve("clips.csv"), list);
        return CommandLineRun.of(
                "evaluate", "liveness", "--clips", temp.resolve("clips.csv"), "--out", temp.resolve("out"));
    }

    private JsonNode evaluate(String clips) throws IOException {
        CommandLineRun run = run("file,label,expected\n" + clips);
        assertThat(run.exit()).as(run.err()).isZero();
        return new JsonMapper().readTree(Files.readString(temp.resolve("out/metrics.json")));
    }
}
