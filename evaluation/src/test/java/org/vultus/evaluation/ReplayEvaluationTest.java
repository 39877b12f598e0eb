package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.testkit.Capture;
import org.vultus.testkit.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayEvaluationTest {
    private static final int SECONDS = 7;
    private static final int PAIRS = 6;
    private static final Capture SMALL = new Capture(640, 360, 0.5, 0, 0, 1, 0);

    @TempDir
    Path temp;

    /** Listed twice, because what is drawn for a clip must not depend on the rest of the list. */
    @Test
    void aHeadThatMovesIsRecognisedInItsOwnReplays() throws Exception {
        assumeThat(Command.runs("ffmpeg", "-version")).isTrue();
        assertThat(tiltingHead()).isTrue();

        CommandLineRun run = run("file,label,expected\nmoving.mp4,spoof,\nmoving.mp4,live,NOD\n", PAIRS);

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode metrics = new JsonMapper().readTree(Files.readString(temp.resolve("out/metrics.json")));
        JsonNode clip = metrics.path("clips").get(0);
        assertThat(clip.path("frames").asInt()).isEqualTo(20 * SECONDS);
        assertThat(clip.path("copy_frames").asInt()).isBetween(20 * SECONDS - 2, 20 * SECONDS);
        assertThat(clip.path("frames_with_face").asInt()).isBetween(19 * SECONDS, 20 * SECONDS);
        assertThat(clip.path("copy_frames_with_face").asInt()).isBetween(19 * SECONDS, 20 * SECONDS);
        assertThat(metrics.path("clips").get(1)).isEqualTo(clip);

        List<JsonNode> cells = clip.path("cells").valueStream().toList();
        assertThat(cells).hasSize(15);
        assertThat(cells).allSatisfy(cell -> {
            int first = cell.path("first_s").asInt();
            int second = cell.path("second_s").asInt();
            assertThat(cell.path("replays").asInt()).isEqualTo(PAIRS);
            assertThat(cell.path("others").asInt()).isEqualTo(first + second + 0.5 <= SECONDS ? PAIRS : 0);
            assertThat(cell.path("recognised").asInt()).isBetween(0, PAIRS);
            assertThat(cell.path("taken_for_replays").asInt())
                    .isBetween(0, cell.path("others").asInt());
        });
        Predicate<JsonNode> all = cell -> cell.path("share").asDouble() == 1;
        assertThat(rate(cells.stream().filter(all), "recognised", "replays"))
                .isGreaterThan(0.3 + rate(cells.stream().filter(all), "taken_for_replays", "others"));

        for (String count : List.of("replays", "recognised", "others", "taken_for_replays")) {
            assertThat(metrics.path("total").path(count).asInt())
                    .isEqualTo(2 * sum(cells.stream(), count))
                    .isEqualTo(sum(metrics.path("cells").valueStream(), count));
        }
        assertThat(metrics.at("/cells/3/first_s").asInt()).isEqualTo(3);
        assertThat(metrics.at("/cells/3/replays").asInt()).isEqualTo(2 * PAIRS);
        assertThat(run.out().lines())
                .filteredOn(line -> line.startsWith("moving.mp4"))
                .hasSize(2);
        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("total")
                        .contains(sum(cells.stream(), "recognised") * 2 + " of ", 2 * 15 * PAIRS + " "));
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        assertThat(run("file,label\n", PAIRS).err()).contains("must begin with the line file,label,expected");
        CommandLineRun none = run("file,label,expected\nnone.mp4,live,\n", PAIRS);
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("line 2", "no clip \"none.mp4\"");
        Files.write(temp.resolve("a.mp4"), new byte[] {1, 2, 3});
        assertThat(run("file,label,expected\na.mp4,live,\n", 0).err()).contains("--pairs must be at least 1");
    }

    @Test
    void aFileThatIsNoClipIsTold() throws Exception {
        assumeThat(Command.runs("ffmpeg", "-version")).isTrue();
        Files.write(temp.resolve("a.mp4"), new byte[] {1, 2, 3});

        CommandLineRun run = run("file,label,expected\na.mp4,live,\n", PAIRS);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("ffmpeg cannot read", "a.mp4");
        assertThat(temp.resolve("out/metrics.json")).doesNotExist();
    }

    /** Towards angles of chance, so that no part is another one shown again. */
    private boolean tiltingHead() throws IOException {
        Random random = new Random(3);
        try (People people = new People()) {
            double degrees = 0;
            double towards = 0;
            for (int i = 0; i < 10 * SECONDS; i++) {
                if (i % 3 == 0) {
                    towards = 30 * random.nextDouble() - 15;
                }
                degrees += (towards - degrees) / 2;
                people.capture(temp.resolve("%02d.jpg".formatted(i)), SMALL.withDegrees(degrees), 3, 2);
            }
        }
        return Command.runs(
                "ffmpeg",
                "-framerate",
                "10",
                "-i",
                temp.resolve("%02d.jpg").toString(),
                temp.resolve("moving.mp4").toString());
    }

    private static double rate(Stream<JsonNode> cells, String some, String all) {
        List<JsonNode> list = cells.toList();
        return (double) sum(list.stream(), some) / sum(list.stream(), all);
    }

    private static int sum(Stream<JsonNode> cells, String count) {
        return cells.mapToInt(cell -> cell.path(count).asInt()).sum();
    }

    private CommandLineRun run(String list, int pairs) throws IOException {
        Files.writeString(temp.resolve("clips.csv"), list);
        return CommandLineRun.of(
                "evaluate",
                "replays",
                "--clips",
                temp.resolve("clips.csv"),
                "--out",
                temp.resolve("out"),
                "--pairs",
                pairs);
    }
}
