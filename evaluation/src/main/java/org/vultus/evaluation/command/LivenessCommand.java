package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vultus.evaluation.clips.ClipList;
import org.vultus.evaluation.clips.ClipMetrics;
import org.vultus.evaluation.clips.ClipSession;
import org.vultus.evaluation.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate liveness}. */
@Command(
        name = "liveness",
        description = "Runs liveness sessions on video clips; writes metrics.json and report.html.",
        footer = {
            "",
            "clips.csv has the header file,label,expected; files are relative to it, label is live or spoof, expected is like "
                    + "BLINK:3;TURN_LEFT. Left is the person's own, in a clip that is not mirrored. Actions: BLINK, TURN_LEFT, "
                    + "TURN_RIGHT, NOD, OPEN_MOUTH, COME_CLOSER. ffmpeg must be installed."
        })
final class LivenessCommand implements Callable<Integer> {
    /** Two frames of one session that score below this rate show two people; as in the server. */
    private static final double SAME_FACE_FMR = 1e-2;

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--clips", required = true, paramLabel = "clips.csv", description = "The list of clips.")
    private Path clips = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "Folder for the results.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        List<ClipList.Clip> list = ClipList.read(clips);
        Files.createDirectories(out);
        try (Engine.Opened opened = engine.open()) {
            double sameFace = opened.operatingPoints().atMost(SAME_FACE_FMR).threshold();
            List<ClipMetrics.Clip> done = new ArrayList<>();
            for (ClipList.Clip clip : list) {
                done.add(ClipMetrics.Clip.of(clip, ClipSession.of(clip.path(), opened.face()), sameFace));
            }
            ClipMetrics metrics = ClipMetrics.of(done, opened.pack().name());
            Files.writeString(out.resolve("metrics.json"), Json.write(metrics));
            Files.writeString(out.resolve("report.html"), metrics.html());
            spec.commandLine().getOut().println(metrics.summary());
            spec.commandLine().getOut().println("Report: " + out.resolve("report.html"));
        }
        return 0;
    }
}
