package org.vultus.evaluation.pad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.evaluation.command.Engine;
import org.vultus.evaluation.protocol.OutputFile;
import org.vultus.evaluation.protocol.PresentationFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.PadMetrics;
import org.vultus.evaluation.report.PadReport;
import org.vultus.onnx.PadHeadFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus pad train}. */
@Command(
        name = "train",
        description =
                "Trains a head on frames of live people and of attacks; writes it, and how well it does on unseen sources.",
        footer = {
            "",
            "DIR holds a folder for each source (camera, place), with the folders live and spoof in it; at least three sources. "
                    + "Each is left out in turn, and metrics.json and report.html beside FILE show what a head made of the "
                    + "others does on it. Use the head with vultus.pad.head=FILE, or as pad-head.json in a model pack."
        })
final class PadTrainCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the sources.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the head.")
    private Path out = Path.of("");

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Images of each class of a source that are looked at, evenly chosen (default: 200).")
    private int images = 200;

    @Option(names = "--threads", paramLabel = "N", description = "Images at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || images < 1) {
            throw new UserError("--threads and --images must be at least 1");
        }
        List<PresentationFolders.Source> sources = PresentationFolders.read(data);
        Path folder = OutputFile.folderOf(out);
        try (Engine.Opened opened = engine.openToObserve(PadHeadFile.Values.DEFAULT)) {
            List<Observation> seen = new Extraction(
                            data,
                            opened.decoder(),
                            opened.models().ports(),
                            opened.models().observer(),
                            threads)
                    .of(sources, images);
            PadTrainer.Trained trained = PadTrainer.train(seen);
            PadHeadFile head = PadHeadFile.of(
                    opened.pack(),
                    trained.head(),
                    new PadHeadFile.Training(
                            LocalDate.now(Clock.systemUTC()).toString(),
                            PadCommands.version(),
                            sources.stream()
                                    .map(s -> new PadHeadFile.Source(
                                            s.name(), count(seen, s.name(), true), count(seen, s.name(), false)))
                                    .toList()));
            Files.writeString(out, head.json());
            Validation validation = new Validation(
                    metrics(seen, trained, Observation.Look.PLAIN, opened),
                    metrics(seen, trained, Observation.Look.CLOSE, opened));
            Files.writeString(folder.resolve("metrics.json"), Json.write(validation));
            Files.writeString(
                    folder.resolve("report.html"),
                    new PadReport(
                                    validation.plain(),
                                    TrainingScores.of(seen, trained.unseen(), Observation.Look.PLAIN)
                                            .single())
                            .html());
            spec.commandLine().getOut().println("On sources left out in turn:");
            spec.commandLine().getOut().println(validation.plain().summary());
            spec.commandLine().getOut().println("The same frames without the edge of a device (window 0.55):");
            spec.commandLine().getOut().println(validation.close().summary());
            spec.commandLine().getOut().println("Head: " + out);
        }
        return 0;
    }

    /**
     * What {@code metrics.json} says: every source judged by a head that had not seen it.
     *
     * @param plain frames as they are
     * @param close windows of {@value Variation#CLOSE} of the same frames
     */
    record Validation(PadMetrics plain, PadMetrics close) {}

    private static PadMetrics metrics(
            List<Observation> seen, PadTrainer.Trained trained, Observation.Look look, Engine.Opened opened) {
        TrainingScores scores = TrainingScores.of(seen, trained.unseen(), look);
        return PadMetrics.of(
                PassivePad.SIGN_IN.threshold(),
                scores.single(),
                scores.bags(),
                Map.of(),
                opened.pack().name());
    }

    private static int count(List<Observation> seen, String source, boolean live) {
        return Math.toIntExact(seen.stream()
                .filter(o -> o.look() == Observation.Look.PLAIN
                        && o.live() == live
                        && o.source().equals(source))
                .count());
    }
}
