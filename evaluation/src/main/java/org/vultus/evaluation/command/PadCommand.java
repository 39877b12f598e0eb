package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.PadScores;
import org.vultus.evaluation.protocol.PresentationFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.PadMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate pad}. */
@Command(
        name = "pad",
        description = "Measures APCER and BPCER of the passive check (ISO/IEC 30107-3); writes metrics.json.",
        footer = {
            "",
            "DIR holds the folders live and spoof, or such folders for each source; frames of one burst or person belong in one "
                    + "folder below them. The subject of an image is the face in its middle. An image without a face "
                    + "counts as a non-response."
        })
final class PadCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the images.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "Folder for the results.")
    private Path out = Path.of("");

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Images of one presentation, one after the other by name (default: 1).")
    private int frames = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Images at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || frames < 1) {
            throw new UserError("--threads and --frames must be at least 1");
        }
        List<PresentationFolders.Source> sources = PresentationFolders.read(data);
        Files.createDirectories(out);
        try (Engine.Opened opened = engine.open()) {
            ImageRun run = ImageRun.of(
                    sources.stream()
                            .flatMap(s -> Stream.concat(s.bonaFide().stream(), s.attacks().stream()))
                            .toList(),
                    file -> opened.evaluationProbe(data.resolve(file)),
                    threads);
            List<PadScores> scores =
                    sources.stream().map(s -> PadScores.of(s, frames, run)).toList();
            PadScores all = PadScores.pooled(scores);
            if (all.bonaFide().length == 0 || all.attacks().length == 0) {
                throw new UserError(
                        "%d bona fide presentations and %d attacks of %d images with a face; at least one of each is needed"
                                .formatted(all.bonaFide().length, all.attacks().length, frames));
            }
            PadMetrics metrics =
                    PadMetrics.of(frames, scores, run, opened.pack().name());
            Files.writeString(out.resolve("metrics.json"), Json.write(metrics));
            spec.commandLine().getOut().println(metrics.summary());
            spec.commandLine().getOut().println("Metrics: " + out.resolve("metrics.json"));
        }
        return 0;
    }
}
