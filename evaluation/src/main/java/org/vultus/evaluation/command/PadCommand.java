package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.ModelPorts;
import org.vultus.evaluation.protocol.FrameWindow;
import org.vultus.evaluation.protocol.LivenessRun;
import org.vultus.evaluation.protocol.PadScores;
import org.vultus.evaluation.protocol.PresentationFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.PadMetrics;
import org.vultus.evaluation.report.PadReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate pad}. */
@Command(
        name = "pad",
        description =
                "Measures APCER and BPCER of the passive check (ISO/IEC 30107-3); writes metrics.json and report.html.",
        footer = {
            "",
            "DIR holds the folders live and spoof, or such folders for each source; frames of one burst or person belong in one "
                    + "folder below them. The subject of an image is the face in its middle. An image without a face "
                    + "counts as a failure to acquire."
        })
final class PadCommand implements Callable<Integer> {

    /** Frames of a bag; the other rates are of single frames. */
    private static final int BAG = 10;

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--images", "--data"},
            required = true,
            paramLabel = "DIR",
            description = "Folder of the images.")
    private Path images = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "Folder for the results.")
    private Path out = Path.of("");

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description = "A trained head of the passive check; by default the model pack's own.")
    private Optional<Path> head = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "SHARE",
            description =
                    "Look only at so much of each frame's width and height, around the face (default: 1). At 0.55 hardly "
                            + "any attack still shows the edge of its device.")
    private double window = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Images at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || !(window > 0 && window <= 1)) {
            throw new UserError("--threads must be at least 1, --window above 0 and at most 1");
        }
        List<PresentationFolders.Source> sources = PresentationFolders.read(images);
        Files.createDirectories(out);
        try (Engine.Opened opened = engine.openWithHead(head)) {
            LivenessRun run = LivenessRun.of(
                    sources.stream()
                            .flatMap(s -> Stream.concat(s.bonaFide().stream(), s.attacks().stream()))
                            .toList(),
                    file -> score(opened, images.resolve(file)),
                    threads);
            List<PadScores> single =
                    sources.stream().map(s -> PadScores.of(s, 1, run)).toList();
            PadMetrics metrics = PadMetrics.of(
                    PassivePad.SIGN_IN.threshold(),
                    single,
                    sources.stream().map(s -> PadScores.of(s, BAG, run)).toList(),
                    run.refusals(),
                    opened.pack().name());
            Files.writeString(out.resolve("metrics.json"), Json.write(metrics));
            Files.writeString(out.resolve("report.html"), new PadReport(metrics, single).html());
            spec.commandLine().getOut().println(metrics.summary());
            spec.commandLine().getOut().println("Report: " + out.resolve("report.html"));
        }
        return 0;
    }

    private Outcome<LivenessScore> score(Engine.Opened opened, Path file) {
        return Engine.Opened.read(file).then(sample -> {
            try (sample) {
                return opened.decoder().decode(sample).then(decoded -> {
                    try (decoded) {
                        return score(opened.models().ports(), decoded.pixels());
                    }
                });
            }
        });
    }

    private static Outcome<LivenessScore> score(ModelPorts ports, RgbImage image, DetectedFace face) {
        Landmarks landmarks = ports.landmarks().locate(image, face);
        return landmarks.interEyeDistance() > 0
                ? Outcome.accepted(ports.liveness()
                        .estimate(
                                image,
                                face,
                                ports.read(image, landmarks, Sides.BOTH).texture()))
                : Outcome.refused(Reason.NO_FACE, "no eyes were found in the face");
    }

    private Outcome<LivenessScore> score(ModelPorts ports, RgbImage image) {
        Outcome<DetectedFace> face = face(ports, image);
        if (window == 1) {
            return face.then(found -> score(ports, image, found));
        }
        return face.then(found -> {
            try (RgbImage cut = FrameWindow.cut(image, FrameWindow.around(image, found.box(), window))) {
                return face(ports, cut).then(again -> score(ports, cut, again));
            }
        });
    }

    private static Outcome<DetectedFace> face(ModelPorts ports, RgbImage image) {
        return new FaceSelection.MostCentral().select(ports.detector().detect(image), image);
    }
}
