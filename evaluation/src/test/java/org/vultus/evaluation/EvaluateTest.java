package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.image.Region;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole evaluations and a calibration, of a few captures of three people. */
class EvaluateTest {

    @TempDir
    static Path temp;

    private static Path images;

    @BeforeAll
    static void capture() throws IOException {
        images = temp.resolve("images");
        int[][] faces = {{1, 3}, {3, 2}, {5, 4}, {4, 2}};
        // The first two are the same woman.
        String[] names = {"ann", "ann", "bob", "carl"};
        try (People people = new People()) {
            for (int i = 0; i < faces.length; i++) {
                String name = names[i] + "/" + faces[i][0];
                people.capture(images.resolve(name + "a.jpg"), Capture.WEBCAM, faces[i][0], faces[i][1]);
                people.capture(
                        images.resolve(name + "b.jpg"),
                        Capture.WEBCAM.withDegrees(5).withGain(0.85),
                        faces[i][0],
                        faces[i][1]);
            }
        }
    }

    @Test
    void pairs() throws IOException {
        Files.write(
                images.resolve("nobody.jpg"),
                Capture.WEBCAM.withShiftX(3).of(DemoPhotos.bytes(1), new Region(0, 0, 100, 100)));
        Path list = Files.writeString(temp.resolve("pairs.csv"), """
                probe,reference,mated
                ann/1a.jpg,ann/3a.jpg,1
                ann/1b.jpg,ann/3a.jpg,1
                bob/5a.jpg,bob/5b.jpg,1
                nobody.jpg,carl/4a.jpg,1
                ann/1a.jpg,bob/5a.jpg,0
                ann/3b.jpg,carl/4a.jpg,0
                nobody.jpg,bob/5a.jpg,0
                """);
        Path out = temp.resolve("new/folder");

        CommandLineRun run =
                CommandLineRun.of("evaluate", "verification", "--images", images, "--pairs", list, "--out", out);

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode metrics = metrics(out);
        assertThat(metrics.get("pairs").intValue()).isEqualTo(7);
        assertThat(metrics.get("mated").intValue()).isEqualTo(4);
        assertThat(metrics.get("non_mated").intValue()).isEqualTo(3);
        assertThat(metrics.get("images").intValue()).isEqualTo(8);
        assertThat(metrics.get("failure_to_acquire_rate").doubleValue()).isEqualTo(1 / 8.0);
        assertThat(metrics.at("/fnmr_at_fmr/1e-2").stringValue()).isEqualTo("not demonstrated");
        assertThat(metrics.get("images_per_second").doubleValue()).isPositive();
        // At FMR 1e-4 everybody is told from everybody, but for the picture without a face.
        JsonNode shipped = metrics.get("shipped_operating_points")
                .valueStream()
                .filter(point -> point.get("nominal_fmr").doubleValue() == 1e-4)
                .findFirst()
                .orElseThrow();
        assertThat(shipped.get("fmr").doubleValue()).isZero();
        assertThat(shipped.get("fnmr").doubleValue()).isEqualTo(1 / 4.0);
        assertThat(out.resolve("report.html")).content().contains("nobody.jpg").doesNotContain("src=", "http");
        assertThat(run.out()).contains("4 mated and 3 non-mated", "report.html");
        assertThat(run.err()).contains("images 8/8");
    }

    @Test
    void enrolment() throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            Path out = temp.resolve("enrol" + threads);
            CommandLineRun run = CommandLineRun.of(
                    "evaluate", "verification", "--images", images, "--enrol", 1, "--out", out, "--threads", threads);
            assertThat(run.exit()).as(run.err()).isZero();
            results.add(metrics(out));
            assertThat(out.resolve("report.html")).content().contains("Identification (1:N)", "ann");
        }

        JsonNode metrics = results.getFirst();
        // Ann has three probes, Bob and Carl one each.
        assertThat(metrics.get("mated").intValue()).isEqualTo(5);
        assertThat(metrics.get("non_mated").intValue()).isEqualTo(10);
        assertThat(metrics.get("eer").doubleValue()).isZero();
        assertThat(metrics.at("/enrolment/people").intValue()).isEqualTo(3);
        assertThat(metrics.at("/enrolment/not_enrolled").intValue()).isZero();
        assertThat(metrics.at("/identification/rank1").doubleValue()).isEqualTo(1);
        assertThat(metrics.get("fnmr_at_fmr").propertyNames()).containsExactly("1e-2", "1e-3", "1e-4", "1e-5", "1e-6");
        assertThat(withoutSpeed(results.getLast())).isEqualTo(withoutSpeed(metrics));
    }

    @Test
    void tooFewPhotosCalibrateNothing() {
        Path file = temp.resolve("operating-points.json");

        CommandLineRun run = CommandLineRun.of("calibrate", "--images", images, "--out", file);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).endsWith("at least 1 and 300 are needed for thresholds" + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void knownPeopleAreToldApart() throws IOException {
        Path lfw = DemoPhotos.evaluationData().resolve("lfw");
        assumeThat(lfw.resolve("pairs.csv")).exists();
        List<String> lines = Files.readAllLines(lfw.resolve("pairs.csv"));
        List<String> some = new ArrayList<>(List.of(lines.getFirst()));
        some.addAll(lines.stream().filter(line -> line.endsWith(",1")).limit(15).toList());
        some.addAll(lines.stream().filter(line -> line.endsWith(",0")).limit(15).toList());
        Path list = Files.write(temp.resolve("lfw.csv"), some);
        Path out = temp.resolve("lfw");

        CommandLineRun run =
                CommandLineRun.of("evaluate", "verification", "--images", lfw, "--pairs", list, "--out", out);

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode metrics = metrics(out);
        assertThat(metrics.get("pairs").intValue()).isEqualTo(30);
        assertThat(metrics.get("failure_to_acquire_rate").doubleValue()).isZero();
        assertThat(metrics.get("accuracy").doubleValue()).isGreaterThan(0.95);
        assertThat(metrics.get("eer").doubleValue()).isLessThan(0.05);
    }

    private static JsonNode metrics(Path out) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(out.resolve("metrics.json")));
    }

    private static JsonNode withoutSpeed(JsonNode metrics) {
        return metrics.asObject().without("images_per_second");
    }
}
