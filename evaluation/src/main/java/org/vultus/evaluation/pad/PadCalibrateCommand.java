package org.vultus.evaluation.pad;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.evaluation.command.Engine;
import org.vultus.evaluation.protocol.OutputFile;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.PresentationFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus pad calibrate}. */
@Command(
        name = "calibrate",
        description =
                "Moves a head so that a stated share of your own live people falls below the threshold; writes it.",
        footer = {
            "",
            "DIR holds frames of live people from the site's own cameras, a few minutes of several people. Fewer than 3/BPCER "
                    + "frames with a face cannot show such a rate and are refused. What that does to attacks only frames of "
                    + "attacks can tell: ./vultus evaluate pad --head FILE."
        })
final class PadCalibrateCommand implements Callable<Integer> {

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--bona-fide", required = true, paramLabel = "DIR", description = "Frames of live people.")
    private Path bonaFide = Path.of("");

    @Option(
            names = "--bpcer",
            required = true,
            paramLabel = "RATE",
            description = "The share of frames that may be refused, as 0.01.")
    private double bpcer;

    @Option(names = "--head", required = true, paramLabel = "FILE", description = "The head to start from.")
    private Path head = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the moved head.")
    private Path out = Path.of("");

    @Option(names = "--threads", paramLabel = "N", description = "Images at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || !(bpcer > 0 && bpcer < 1)) {
            throw new UserError("--threads must be at least 1, --bpcer above 0 and below 1");
        }
        OutputFile.folderOf(out);
        List<String> frames = frames();
        try (Engine.Opened opened = engine.openWithHead(Optional.of(head))) {
            ModelPack pack = opened.pack();
            PadHeadFile file = PadHeadFile.read(head, pack);
            List<Observation> seen = new Extraction(
                            bonaFide,
                            opened.decoder(),
                            opened.models().ports(),
                            opened.models().observer(),
                            threads)
                    .plain(new PresentationFolders.Source("site", frames, List.of()));
            double shift = shift(file.head(), seen, bpcer);
            PadHeadFile moved = file.calibrated(new PadHeadFile.Calibration(
                    LocalDate.now(Clock.systemUTC()).toString(), bpcer, seen.size(), shift));
            Files.writeString(out, moved.json());
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%d of %d frames show a face; log-odds moved by %.2f. Written to %s%n",
                            seen.size(),
                            frames.size(),
                            shift,
                            out);
        }
        return 0;
    }

    private List<String> frames() throws IOException {
        if (!Files.isDirectory(bonaFide)) {
            throw new UserError(bonaFide + " is not a folder");
        }
        try (Stream<Path> files = Files.walk(bonaFide, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(f -> PersonFolders.isImage(f) && Files.isRegularFile(f))
                    .map(f -> bonaFide.relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What brings the score that may just be refused to the threshold of a sign-in. */
    static double shift(PadHead head, List<Observation> seen, double bpcer) {
        if (bpcer * seen.size() < 3) {
            throw new UserError("%d frames show a face; a BPCER of %s takes %d at least (rule of three)"
                    .formatted(seen.size(), bpcer, (int) Math.ceil(3 / bpcer)));
        }
        double[] scores = seen.stream()
                .mapToDouble(o -> head.score(o.evidence()).logOdds())
                .sorted()
                .toArray();
        double refused = scores[(int) (bpcer * scores.length)];
        double shift = new LivenessScore(PassivePad.SIGN_IN.threshold()).logOdds() - refused;
        // A hair above, so that rounding does not refuse the frame itself.
        return Math.nextUp(shift + 1e-9);
    }
}
