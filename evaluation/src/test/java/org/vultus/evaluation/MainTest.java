package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import tools.jackson.databind.JsonNode;

/** Arguments in; exit code, standard output and standard error out. */
class MainTest {

    @TempDir
    static Path photos;

    private static Path her;
    private static Path herAgain;
    private static Path him;

    @BeforeAll
    static void capture() throws IOException {
        try (People people = new People()) {
            her = people.capture(photos.resolve("her.jpg"), Capture.WEBCAM, 1, 3);
            herAgain = people.capture(photos.resolve("her again.jpg"), Capture.WEBCAM, 3, 2);
            him = people.capture(photos.resolve("him.jpg"), Capture.WEBCAM, 5, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detect --no-such-option x.jpg",
                "detect",
                "compare only-one.jpg",
                "nonsense",
                "evaluate",
                "evaluate verification --images x --out y",
                "evaluate verification --images x --pairs p --enrol 5 --out y",
                "calibrate --threads four",
                "load --demo",
                "load --department icu",
                "load --department icu --demo --frames x",
                "load --department icu --demo --no-such-option",
                "load --department icu --demo --sockets many",
                "load --department icu --demo --server http://[",
                "benchmark --no-such-option",
                "benchmark nonsense",
                "benchmark --soak 3000000000",
                "benchmark gallery --sizes 1000,many",
            })
    void wrongArgumentsAreExplained(String arguments) {
        CommandLineRun run = CommandLineRun.of((Object[]) arguments.split(" "));

        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("vultus: ").contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detect missing.jpg                                             | missing.jpg does not exist",
                "detect --models no-pack missing.jpg                            | no-pack",
                "detect --annotate out.png a.jpg b.jpg                          | give only one",
                "compare missing.jpg missing.jpg                                | missing.jpg does not exist",
                "compare --fmr 1e-9 a.jpg b.jpg                                 | --fmr 1.0E-9: no operating point",
                "evaluate verification --images . --pairs no.csv --out OUT/r    | no.csv does not exist",
                "evaluate verification --images no-dir --enrol 1 --out OUT/r    | no-dir is not a folder",
                "evaluate verification --images . --enrol 0 --out OUT/r         | --enrol must be at least 1",
                "evaluate verification --images . --enrol 1 --out OUT/her.jpg   | her.jpg is there already",
                "calibrate --images no-dir                                      | no-dir is not a folder",
                "calibrate --images OUT --out OUT/no/x.json                     | there is no folder",
                "benchmark --photo missing.jpg                                  | missing.jpg does not exist",
                "benchmark --soak 0                                             | --soak must be at least 1",
                "benchmark --soak -5                                            | --soak must be at least 1",
                "benchmark --photo OUT                                          | is not a file",
                "benchmark --photo OUT/ann/a.jpg                                | a.jpg is of no use",
                "benchmark --models no-pack                                     | no-pack",
                "benchmark --json no-dir/x.json                                 | there is no folder",
                "benchmark --json OUT                                           | is a folder",
                "benchmark gallery --searches -1                                | --searches at least 10",
                "benchmark gallery --sizes 2000000000                           | MB of memory, of which there are",
                "benchmark gallery --sizes 1000 --probes 2000000000             | MB of memory, of which there are",
                "benchmark gallery --json no-dir/x.json                         | there is no folder",
                "benchmark timesheets --people 0                                | --people must be from 1",
                "benchmark timesheets --people 2000000000                       | --people must be from 1",
                "benchmark timesheets --threads 2000000000                      | --threads from 1",
                "benchmark timesheets --json no-dir/x.json                      | there is no folder",
                "evaluate unlinkability --json OUT                              | is a folder",
                "load --department icu --demo --sockets 0                       | --sockets and --rounds must be at least 1",
                "load --department icu --demo --sockets 2000000000              | at most 25000",
                "load --department icu --demo --rounds -1                       | --sockets and --rounds must be at least 1",
                "load --department icu --demo --fps 1e-9                        | --fps from 0.1 to 60",
                "load --department icu --demo --fps NaN                         | --fps from 0.1 to 60",
                "load --department icu --demo --json no-dir/x.json              | there is no folder",
                "load --department icu --demo --server localhost:8080           | --server localhost:8080 is no address",
                "load --department icu --demo --server http://host:99999        | --server http://host:99999 is no address",
                "load --department icu --demo --warm-up ftp://host              | --warm-up ftp://host is no address",
                "load --department icu --demo --server http://127.0.0.1:1       | there is no server at http://127.0.0.1:1",
                "load --department icu --frames OUT/ann                         | holds no folder with images",
                "load --department icu --frames OUT --prepare                   | use it with --demo",
                "load --department icu --frames no-dir                          | no-dir is not a folder",
                "load --department icu --demo --pid 999999999                   | there is no process 999999999",
            })
    void whatTheUserMustPutRightIsOneLine(String arguments, String problem) throws IOException {
        Files.createDirectories(photos.resolve("ann"));
        Files.write(photos.resolve("ann/a.jpg"), new byte[] {1});
        CommandLineRun run = CommandLineRun.of(
                (Object[]) arguments.replace("OUT", photos.toString()).split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("vultus: ")
                .contains(problem);
    }

    @Test
    void outsideOfACheckoutABenchmarkAsksForAPhoto(@TempDir Path elsewhere) {
        String home = System.getProperty("vultus.home");
        System.setProperty("vultus.home", elsewhere.toString());
        try {
            CommandLineRun run = CommandLineRun.of("benchmark");

            assertThat(run.exit()).as(run.err()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("vultus: ")
                    .contains("--photo FILE")
                    .doesNotContain("\tat ");
        } finally {
            if (home == null) {
                System.clearProperty("vultus.home");
            } else {
                System.setProperty("vultus.home", home);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"detect", "compare", "evaluate", "evaluate verification", "calibrate", "benchmark", "load"})
    void everyCommandExplainsItself(String command) {
        CommandLineRun run = CommandLineRun.of((Object[]) (command + " --help").split(" "));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: vultus " + command).contains("-h, --help");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void theVersionIsTold() {
        assertThat(CommandLineRun.of("--version").out()).startsWith("vultus ");
        assertThat(CommandLineRun.of("detect", "--version").out()).startsWith("vultus ");
    }

    @Test
    void detectPrintsTheFacesAsJsonAndNothingElse() {
        CommandLineRun run = CommandLineRun.of("detect", DemoPhotos.path(3));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode report = run.json().get(0);
        assertThat(report.propertyNames()).containsExactly("file", "width", "height", "faces");
        assertThat(report.get("file").stringValue())
                .isEqualTo(DemoPhotos.path(3).toString());
        assertThat(report.get("faces")).hasSize(DemoPhotos.faces(3)).allSatisfy(MainTest::assertComplete);
    }

    private static void assertComplete(JsonNode face) {
        assertThat(face.propertyNames()).contains("box", "landmarks", "pose", "quality", "advice");
        assertThat(face.get("box").propertyNames()).containsExactly("x", "y", "width", "height");
        double left = face.at("/box/x").doubleValue();
        double width = face.at("/box/width").doubleValue();
        assertThat(width).isPositive();
        assertThat(face.get("landmarks")).hasSize(68).allSatisfy(point -> {
            assertThat(point).hasSize(2);
            assertThat(point.get(0).doubleValue()).isBetween(left - width, left + 2 * width);
        });
        assertThat(face.get("pose").propertyNames()).containsExactly("yaw", "pitch", "roll");
        assertThat(face.at("/quality/unified").intValue()).isBetween(0, 100);
        assertThat(face.at("/quality/components")).hasSize(13);
        assertThat(face.get("advice").isArray()).isTrue();
    }

    @Test
    void adviceNamesWhatToDo() throws IOException {
        Path far;
        try (People people = new People()) {
            far = people.capture(photos.resolve("far.jpg"), Capture.WEBCAM.withFaceHeight(0.12), 3, 2);
        }

        assertThat(CommandLineRun.of("detect", far)
                        .json()
                        .at("/0/faces/0/advice")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .contains("MOVE_CLOSER");
    }

    @Test
    void aFileThatIsNoPhotoIsRefusedAndTheOthersAreNot() throws IOException {
        Path text = Files.writeString(photos.resolve("notes.jpg"), "This is a text and no photo.");

        CommandLineRun run = CommandLineRun.of("detect", text, her);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        JsonNode refused = run.json().at("/0/refusal");
        assertThat(refused.get("reason").stringValue()).isEqualTo("UNSUPPORTED_FORMAT");
        assertThat(refused.get("advice").stringValue()).isEqualTo("SEND_JPEG_PNG_OR_WEBP");
        assertThat(refused.get("remedy").stringValue()).isNotBlank();
        assertThat(run.json().at("/0/faces")).isEmpty();
        assertThat(run.json().at("/1/faces")).hasSize(1);
    }

    @Test
    void annotateDrawsOnTheUprightPhoto() throws IOException {
        Path file = photos.resolve("annotated.png");

        assertThat(CommandLineRun.of("detect", "--annotate", file, her).exit()).isZero();

        var drawn = ImageIO.read(file.toFile());
        var plain = ImageIO.read(her.toFile());
        assertThat(drawn.getWidth()).isEqualTo(plain.getWidth());
        assertThat(drawn.getHeight()).isEqualTo(plain.getHeight());
        long cyan = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                cyan += (drawn.getRGB(x, y) & 0xFFFFFF) == 0x00FFFF ? 1 : 0;
            }
        }
        assertThat(cyan).isGreaterThan(68);
    }

    @Test
    void onePersonMatches() {
        CommandLineRun run = CommandLineRun.of("compare", her, herAgain);

        JsonNode result = run.json().get(0);
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(result.get("match").booleanValue()).isTrue();
        assertThat(result.get("score").doubleValue())
                .isGreaterThan(result.get("threshold").doubleValue());
        assertThat(result.get("threshold_fmr").doubleValue()).isEqualTo(1e-4);
        assertThat(result.get("score_fmr").doubleValue()).isLessThan(1e-4);
    }

    @Test
    void twoPeopleDoNot() {
        CommandLineRun run = CommandLineRun.of("compare", her, herAgain, him);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json()).hasSize(2);
        assertThat(run.json().at("/0/match").booleanValue()).isTrue();
        assertThat(run.json().at("/1/match").booleanValue()).isFalse();
        assertThat(run.json().at("/1/first").stringValue()).isEqualTo(her.toString());
        assertThat(run.json().at("/1/second").stringValue()).isEqualTo(him.toString());
    }

    @Test
    void aGroupCannotBeCompared() {
        for (List<Path> order : List.of(List.of(her, DemoPhotos.path(2)), List.of(DemoPhotos.path(2), her))) {
            CommandLineRun run = CommandLineRun.of("compare", order.getFirst(), order.getLast());

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.json().at("/0/refusal/reason").stringValue()).isEqualTo("SEVERAL_FACES");
            assertThat(run.json().at("/0/refusal/detail").stringValue()).startsWith("3 faces");
            assertThat(run.json().at("/0/refused").stringValue())
                    .isEqualTo(DemoPhotos.path(2).toString());
            assertThat(run.json().get(0).propertyNames()).doesNotContain("match", "score");
        }
    }

    @Test
    void theFacesOfAPhotoAreTheMostConfidentFirst() {
        List<Double> confidence = CommandLineRun.of("detect", DemoPhotos.path(5))
                .json()
                .at("/0/faces")
                .valueStream()
                .map(face -> face.get("confidence").doubleValue())
                .toList();

        assertThat(confidence).hasSize(DemoPhotos.faces(5)).isSortedAccordingTo(Comparator.reverseOrder());
    }
}
