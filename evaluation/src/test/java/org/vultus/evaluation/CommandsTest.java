package org.vultus.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands from their arguments to their files and exit codes, on the demo photos. */
class CommandsTest {
    private static final List<Capture> CAPTURES = List.of(
            Capture.WEBCAM,
            Capture.WEBCAM.withGain(0.85).withShiftX(0.05),
            Capture.WEBCAM.withDegrees(6).withFaceHeight(0.5));

    @TempDir
    private static Path people;

    @TempDir
    private Path folder;

    /** What one run of a command said. */
    private record Said(int code, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    /** Three captures each of the three people of photo 1. */
    @BeforeAll
    static void captures() throws IOException {
        byte[] photo = DemoPhotos.bytes(1);
        try (FaceModels models = FaceModels.open(ModelPack.bundled())) {
            List<Region> faces = faces(models, photo);
            for (int face = 0; face < faces.size(); face++) {
                Path person = Files.createDirectory(people.resolve("person" + face));
                for (int i = 0; i < CAPTURES.size(); i++) {
                    Files.write(person.resolve(i + ".jpg"), CAPTURES.get(i).of(photo, faces.get(face)));
                }
            }
        }
    }

    @Test
    void detectTellsOfEachPhotoAndOneBadPhotoDoesNotStopTheOthers() throws IOException {
        Path torn = Files.write(folder.resolve("torn.jpg"), new byte[] {1, 2, 3});

        Said said = run("detect", torn, DemoPhotos.path(1));

        assertThat(said.code).isEqualTo(1);
        JsonNode bad = said.json().get(0);
        assertThat(bad.get("file").asString()).isEqualTo(torn.toString());
        assertThat(bad.get("refusal").propertyNames()).containsExactly("reason", "detail", "advice", "remedy");
        assertThat(bad.get("refusal").get("reason").asString()).isEqualTo("UNSUPPORTED_FORMAT");
        JsonNode good = said.json().get(1);
        BufferedImage photo = ImageIO.read(DemoPhotos.path(1).toFile());
        assertThat(good.get("width").asInt()).isEqualTo(photo.getWidth());
        assertThat(good.get("height").asInt()).isEqualTo(photo.getHeight());
        assertThat(good.has("refusal")).isFalse();
        assertThat(good.get("faces")).hasSize(DemoPhotos.faces(1));
        JsonNode face = good.get("faces").get(0);
        assertThat(face.propertyNames())
                .containsExactly("box", "confidence", "landmarks", "pose", "eyes", "quality", "advice");
        assertThat(face.get("landmarks")).hasSize(68);
        assertThat(face.get("quality").get("unified").asInt()).isBetween(0, 100);
        assertThat(face.get("quality").get("components").get(0).propertyNames()).contains("name", "measured", "score");
        assertThat(run("detect", DemoPhotos.path(1)).code).isZero();
    }

    @Test
    void annotateDrawsOnThePhoto() throws IOException {
        Path drawn = folder.resolve("drawn.png");

        assertThat(run("detect", DemoPhotos.path(1), "--annotate", drawn).code).isZero();

        BufferedImage before = ImageIO.read(DemoPhotos.path(1).toFile());
        BufferedImage after = ImageIO.read(drawn.toFile());
        assertThat(after.getWidth()).isEqualTo(before.getWidth());
        int changed = 0;
        for (int y = 0; y < after.getHeight(); y++) {
            for (int x = 0; x < after.getWidth(); x++) {
                int there = before.getRGB(x, y);
                int here = after.getRGB(x, y);
                changed += Math.abs((there >> 8 & 255) - (here >> 8 & 255)) > 60 ? 1 : 0;
            }
        }
        assertThat(changed).as("pixels drawn on").isBetween(500, after.getWidth() * after.getHeight() / 2);
        assertThat(run("detect", photo(0, 0), photo(0, 1), "--annotate", drawn).code)
                .isEqualTo(2);
    }

    @Test
    void compareTellsOnePersonFromAnotherByItsExitCode() throws IOException {
        Said same = run("compare", photo(0, 0), photo(0, 1), photo(0, 2));
        assertThat(same.code).isZero();
        assertThat(same.json()).hasSize(2);
        JsonNode first = same.json().get(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "first", "second", "match", "score", "score_fmr", "threshold", "threshold_fmr", "demonstrated");
        assertThat(first.get("match").asBoolean()).isTrue();
        assertThat(first.get("threshold_fmr").asDouble()).isEqualTo(1e-4);
        assertThat(first.get("demonstrated").asBoolean()).isTrue();
        JsonNode strictest =
                run("compare", "--fmr", "1e-6", photo(0, 0), photo(0, 1)).json().get(0);
        assertThat(strictest.get("threshold_fmr").asDouble()).isEqualTo(1e-6);
        assertThat(strictest.get("demonstrated").asBoolean()).isFalse();
        assertThat(first.get("score").asDouble())
                .isGreaterThan(first.get("threshold").asDouble());
        assertThat(first.get("score_fmr").asDouble()).isLessThan(1e-4);

        Said other = run("compare", photo(0, 0), photo(1, 0));
        assertThat(other.code).isEqualTo(1);
        assertThat(other.json().get(0).get("match").asBoolean()).isFalse();

        Said crowd = run("compare", photo(0, 0), DemoPhotos.path(2), photo(0, 1));
        assertThat(crowd.code).isEqualTo(2);
        assertThat(crowd.json().get(0).get("refused").asString())
                .isEqualTo(DemoPhotos.path(2).toString());
        assertThat(crowd.json().get(0).get("refusal").get("reason").asString()).isEqualTo("SEVERAL_FACES");
        assertThat(crowd.json().get(1).get("match").asBoolean())
                .as("the others are compared")
                .isTrue();
    }

    @Test
    void evaluationOfPairsWritesItsTwoFiles() throws IOException {
        Files.write(people.resolve("grey.jpg"), Capture.WEBCAM.of(DemoPhotos.bytes(1), new Region(0, 0, 5, 5)));
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), """
                probe,reference,mated
                person0/0.jpg,person0/1.jpg,1
                person1/0.jpg,person1/1.jpg,1
                person0/0.jpg,person1/1.jpg,0
                person1/0.jpg,person2/1.jpg,0
                person2/0.jpg,person2/2.jpg,1
                person2/0.jpg,grey.jpg,1
                person0/0.jpg,person2/1.jpg,0
                person2/0.jpg,person1/1.jpg,0
                """);
        Path out = folder.resolve("deep/out");

        Said said = run("evaluate", "verification", "--images", people, "--pairs", pairs, "--out", out);

        Files.delete(people.resolve("grey.jpg"));
        assertThat(said.code).as(said.err).isZero();
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(out.resolve("metrics.json")));
        assertThat(metrics.get("pairs").asInt()).isEqualTo(8);
        assertThat(metrics.get("folds").asInt()).isEqualTo(2);
        assertThat(metrics.get("images").asInt()).isEqualTo(8);
        assertThat(metrics.get("failure_to_acquire_rate").asDouble()).isEqualTo(1 / 8.0);
        assertThat(metrics.get("accuracy").asDouble())
                .as("all but the pair that failed")
                .isEqualTo(7 / 8.0);
        assertThat(metrics.get("fnmr_at_fmr").get("1e-2").asString()).isEqualTo("not demonstrated");
        assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "person2/0.jpg");
    }

    @Test
    void enrolmentReadsFoldersOfPeopleAndCalibrationWantsMoreOfThem() throws IOException {
        Said said = run("evaluate", "verification", "--images", people, "--enrol", "2", "--out", folder);

        assertThat(said.code).as(said.err).isZero();
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(folder.resolve("metrics.json")));
        assertThat(metrics.get("mated").asInt()).isEqualTo(3);
        assertThat(metrics.get("non_mated").asInt()).isEqualTo(6);
        assertThat(metrics.get("eer").asDouble()).isZero();
        assertThat(metrics.get("identification").get("gallery").asInt()).isEqualTo(3);
        assertThat(metrics.get("identification").get("rank1").asDouble()).isEqualTo(1);
        assertThat(metrics.get("fnmr_at_fmr").propertyNames()).contains("1e-5", "1e-6");

        assertRefused(
                "27 of two people; at least 1 and 300 are needed",
                "calibrate",
                "--images",
                people,
                "--out",
                folder.resolve("operating-points.json"));
    }

    /** Of nine frames of live people four tenths may be refused: three are, with the head that was written. */
    @Test
    void padCalibrateMovesAHeadToASitesFrames() throws IOException {
        ModelPack pack = ModelPack.bundled();
        Path head = Files.writeString(
                folder.resolve("head.json"), pack.padHead().orElseThrow().json());
        Path moved = folder.resolve("moved.json");

        Said said = run("pad", "calibrate", "--bona-fide", people, "--bpcer", "0.4", "--head", head, "--out", moved);

        assertThat(said.code).as(said.err).isZero();
        assertThat(said.out).contains("9 of 9 frames show a face", moved.toString());
        PadHeadFile written = PadHeadFile.read(moved, pack);
        assertThat(written.calibrations()).last().satisfies(calibration -> {
            assertThat(calibration.bpcer()).isEqualTo(0.4);
            assertThat(calibration.images()).isEqualTo(9);
        });
        int refused = 0;
        try (FaceModels models = FaceModels.open(pack, written)) {
            FaceEngine engine =
                    new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), StageObserver.NONE);
            for (int person = 0; person < 3; person++) {
                for (int i = 0; i < CAPTURES.size(); i++) {
                    double live = accepted(engine.probe(
                                    new CapturedSample(Files.readAllBytes(photo(person, i))),
                                    FaceSelection.SingleFace.TOLERATE_BACKGROUND,
                                    QualityPolicy.ANY))
                            .liveness()
                            .bonaFide();
                    refused += live < PassivePad.SIGN_IN.threshold() ? 1 : 0;
                }
            }
        }
        assertThat(refused).isEqualTo(3);

        assertRefused(
                "takes 30 at least (rule of three)",
                "pad",
                "calibrate",
                "--bona-fide",
                people,
                "--bpcer",
                "0.1",
                "--head",
                head,
                "--out",
                moved);
    }

    @Test
    void theUsersErrorsAreOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "probe,reference,mated\n");
        assertRefused("does not exist", "detect", folder.resolve("none.jpg"));
        assertRefused("is not a file", "compare", photo(0, 0), folder);
        assertRefused("--help", "compare", photo(0, 0));
        assertRefused("'--ot'", "calibrate", "--images", people, "--ot", folder);
        assertRefused("--fmr 1.0E-12", "compare", photo(0, 0), photo(0, 1), "--fmr", "1e-12");
        assertRefused(
                "needs pairs of one person",
                "evaluate",
                "verification",
                "--images",
                people,
                "--pairs",
                file,
                "--out",
                folder);
        assertRefused("at least 1", "evaluate", "verification", "--images", people, "--enrol", "0", "--out", folder);
        assertRefused(
                "more than 9 images",
                "evaluate",
                "verification",
                "--images",
                people,
                "--enrol",
                "9",
                "--out",
                folder.resolve("x"));
        assertRefused("but no folder", "evaluate", "verification", "--images", people, "--enrol", "2", "--out", file);
        assertRefused(
                "there is no folder", "calibrate", "--images", people, "--out", folder.resolve("no/such/points.json"));
        assertRefused("none", "detect", "--models", folder.resolve("none"), photo(0, 0));
        assertRefused("Missing required subcommand", "evaluate");
    }

    @Test
    void helpNamesTheExitCodes() {
        assertThat(run("compare", "--help").out).contains("Exit codes:", "--fmr", "--models");
        assertThat(run("--version").out).startsWith("vultus ");
        assertThat(run("detect", "--version").out).startsWith("vultus ");
        assertThat(run("evaluate", "verification", "--help").out).contains("--pairs", "--enrol", "--out");
    }

    @Test
    void aPartOfAPublicProtocolIsTheSameForAnyNumberOfThreads() throws IOException {
        Path lfw = DemoPhotos.evaluationData().resolve("lfw");
        assumeTrue(Files.isRegularFile(lfw.resolve("pairs.csv")), "no evaluation data beside this checkout");
        List<String> lines = Files.readAllLines(lfw.resolve("pairs.csv"));
        // The first twenty pairs of each half of two folds of six hundred.
        Path pairs = Files.write(
                folder.resolve("pairs.csv"),
                Stream.of(
                                lines.subList(0, 21),
                                lines.subList(301, 321),
                                lines.subList(601, 621),
                                lines.subList(901, 921))
                        .flatMap(List::stream)
                        .toList());

        JsonNode alone = evaluated(lfw, pairs, 1);
        JsonNode together = evaluated(lfw, pairs, 3);

        assertThat(alone.get("folds").asInt()).isEqualTo(2);
        assertThat(alone.get("accuracy").asDouble()).isGreaterThan(0.95);
        assertThat(alone.get("failure_to_acquire_rate").asDouble()).isLessThan(0.01);
        for (String key : List.of("accuracy", "eer", "fnmr_at_fmr", "shipped_operating_points")) {
            assertThat(together.get(key)).isEqualTo(alone.get(key));
        }
    }

    private JsonNode evaluated(Path images, Path pairs, int threads) throws IOException {
        Path out = folder.resolve("threads" + threads);
        Said said = run(
                "evaluate", "verification", "--images", images, "--pairs", pairs, "--out", out, "--threads", threads);
        assertThat(said.code).as(said.err).isZero();
        return JsonMapper.shared().readTree(Files.readString(out.resolve("metrics.json")));
    }

    private static void assertRefused(String because, Object... arguments) {
        Said said = run(arguments);
        assertThat(said.code).as(said.err).isEqualTo(2);
        assertThat(said.err.lines().toList()).as(said.err).hasSize(1);
        assertThat(said.err).startsWith("vultus: ").contains(because);
        assertThat(said.out).isEmpty();
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Path photo(int person, int number) {
        return people.resolve("person" + person).resolve(number + ".jpg");
    }

    private static Said run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static List<Region> faces(FaceModels models, byte[] photo) {
        return switch (new ImageDecoder(ImageLimits.DEFAULT).decode(new CapturedSample(photo))) {
            case Outcome.Accepted<DecodedImage>(DecodedImage image) ->
                models.ports().detector().detect(image.pixels()).stream()
                        .map(DetectedFace::box)
                        .sorted(Comparator.comparingDouble(Region::x))
                        .toList();
            case Outcome.Refused<DecodedImage>(var refusal) -> throw new AssertionError(refusal);
        };
    }
}
