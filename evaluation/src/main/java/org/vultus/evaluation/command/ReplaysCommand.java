package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vultus.evaluation.clips.ClipList;
import org.vultus.evaluation.clips.ClipReplays;
import org.vultus.evaluation.clips.ReplayMetrics;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate replays}. */
@Command(
        name = "replays",
        description = "Measures how often a session that is shown again is recognised; writes metrics.json.",
        footer = {
            "",
            "clips.csv is as for `vultus evaluate liveness`; what it says of a clip's label and actions counts for nothing here. "
                    + "The second session of each pair is shown a copy of the clip that was compressed once more. ffmpeg must be "
                    + "installed, with libvpx."
        })
final class ReplaysCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--clips", required = true, paramLabel = "clips.csv", description = "The list of clips.")
    private Path clips = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "Folder for the results.")
    private Path out = Path.of("");

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Pairs of sessions of each kind, for each clip and length and share "
                    + "(default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int pairs;

    @Override
    public Integer call() throws IOException {
        if (pairs < 1) {
            throw new UserError("--pairs must be at least 1");
        }
        List<ClipList.Clip> list = ClipList.read(clips);
        Files.createDirectories(out);
        try (Engine.Opened opened = engine.openWithoutLiveness()) {
            List<ReplayMetrics.Clip> done = new ArrayList<>();
            for (ClipList.Clip clip : list) {
                done.add(ClipReplays.of(clip, pairs, opened.face()));
            }
            ReplayMetrics metrics = ReplayMetrics.of(pairs, done, opened.pack().name());
            Files.writeString(out.resolve("metrics.json"), Json.write(metrics));
            spec.commandLine().getOut().println(metrics.summary());
            spec.commandLine().getOut().println("Report: " + out.resolve("metrics.json"));
        }
        return 0;
    }
}
