package org.vultus.evaluation.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.evaluation.command.Engine;
import org.vultus.evaluation.gallery.GalleryBenchmark;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus benchmark}. */
@Command(
        name = "benchmark",
        description =
                "Times every stage, the whole pipeline and the bare models on this machine (about three minutes).",
        subcommands = {GalleryBenchmark.class, TimesheetBenchmark.class})
public final class BenchmarkCommand implements Callable<Integer> {

    /** The photo whose most frontal single face the default picture is made of. */
    private static final int DEMO_PHOTO = 3;

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JsonFile json = new JsonFile();

    @Option(
            names = "--photo",
            paramLabel = "FILE",
            description = "A 1280×720 JPEG with one face; by default one made from a demo photo.")
    private Optional<Path> photo = Optional.empty();

    @Option(
            names = "--soak",
            paramLabel = "N",
            description = "Instead of timing, put N photos through the pipeline and report the memory in use.")
    private Optional<Integer> soak = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (soak.orElse(1) < 1) {
            throw new UserError("--soak must be at least 1");
        }
        json.check();
        photo.ifPresent(Engine::requireFile);
        Path picture = photo.isPresent() ? photo.get() : demoPicture();
        try {
            check(picture);
            String report = Json.write(soak.isPresent() ? soaked(picture, soak.get()) : timed(picture));
            spec.commandLine().getOut().println(report);
            json.write(report);
        } finally {
            if (photo.isEmpty()) {
                Files.delete(picture);
            }
        }
        return 0;
    }

    /** Said here in one sentence rather than by a benchmark that fails in a process of its own. */
    private void check(Path picture) throws IOException {
        try (Engine.Opened opened = engine.open()) {
            opened.operatingPoints();
            if (opened.face()
                            .probe(
                                    new CapturedSample(Files.readAllBytes(picture)),
                                    FaceSelection.SingleFace.STRICT,
                                    QualityPolicy.SIGN_IN)
                    instanceof Outcome.Refused<BiometricProbe>(var refusal)) {
                throw new UserError(picture + " is of no use: " + refusal.detail());
            }
        }
    }

    private BenchmarkReport timed(Path picture) {
        try {
            return new BenchmarkRun(
                            picture,
                            engine.folder().map(Path::toString).orElse(""),
                            line -> spec.commandLine().getErr().println("timing " + line + " …"))
                    .run();
        } catch (RunnerException e) {
            // Another benchmark at work, above all, which would make both wrong.
            throw new UserError("nothing can be timed now: " + e.getMessage());
        }
    }

    private Soak soaked(Path picture, int images) throws IOException {
        try (Engine.Opened opened = engine.open()) {
            return Soak.run(
                    opened.face(),
                    Files.readAllBytes(picture),
                    images,
                    done -> spec.commandLine().getErr().println(done + " of " + images));
        }
    }

    /** A file in the system's folder for temporary files, which the caller deletes. */
    private Path demoPicture() throws IOException {
        if (!Files.exists(DemoPhotos.path(DEMO_PHOTO))) {
            throw new UserError("the demo photos are missing; give a JPEG with one face: --photo FILE");
        }
        try (Engine.Opened opened = engine.open()) {
            byte[] group = DemoPhotos.bytes(DEMO_PHOTO);
            List<AssessedFace> faces = switch (opened.face().describe(new CapturedSample(group))) {
                case Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> found) -> found;
                case Outcome.Refused<List<AssessedFace>>(var refusal) ->
                    throw new IllegalStateException(refusal.detail());
            };
            Region best = faces.stream()
                    .max(Comparator.comparingInt(f -> f.quality().unified()))
                    .orElseThrow()
                    .face()
                    .box();
            return Files.write(Files.createTempFile("vultus-benchmark", ".jpg"), Capture.WEBCAM.of(group, best));
        }
    }
}
