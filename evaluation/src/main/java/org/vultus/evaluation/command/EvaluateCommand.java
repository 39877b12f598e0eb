package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.evaluation.metrics.Accuracy;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;
import org.vultus.evaluation.protocol.EnrolmentScores;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.Pair;
import org.vultus.evaluation.protocol.PairList;
import org.vultus.evaluation.protocol.PairScores;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.VerificationMetrics;
import org.vultus.evaluation.report.VerificationReport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate}: what to evaluate is a command of its own. */
@Command(
        name = "evaluate",
        description = "Measures error rates on your own photos.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            EvaluateCommand.Verification.class,
            IdentificationCommand.class,
            PadCommand.class,
            LivenessCommand.class,
            ReplaysCommand.class,
            UnlinkabilityCommand.class
        })
public final class EvaluateCommand {

    /** {@code vultus evaluate verification}. */
    @Command(
            name = "verification",
            description = "Measures FMR, FNMR and accuracy (ISO/IEC 19795-1); writes metrics.json and report.html.",
            footer = {
                "",
                "The subject of an evaluation photo is the face in its middle. A photo without a face counts as a failure to "
                        + "acquire, and its comparisons as non-matches."
            })
    static final class Verification implements Callable<Integer> {
        private static final List<String> PAIR_RATES = List.of("1e-2", "1e-3", "1e-4");
        private static final List<String> ENROL_RATES = List.of("1e-2", "1e-3", "1e-4", "1e-5", "1e-6");

        /** Up to this FMR against the rest an enrolment image counts as the same person's. */
        private static final double SAME_FACE_FMR = 1e-2;

        @Mixin
        private Engine engine = new Engine();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--images", required = true, paramLabel = "DIR", description = "Folder of the photos.")
        private Path images = Path.of("");

        @ArgGroup(multiplicity = "1")
        private Protocol protocol = new Protocol();

        @Option(names = "--out", required = true, paramLabel = "OUT", description = "Folder for the results.")
        private Path out = Path.of("");

        @Option(names = "--threads", paramLabel = "N", description = "Photos at a time (default: one a core).")
        private int threads = Runtime.getRuntime().availableProcessors();

        /** Which photos are compared. */
        static final class Protocol {
            @Option(
                    names = "--pairs",
                    paramLabel = "pairs.csv",
                    description = "Compare these pairs: header probe,reference,mated; paths relative to DIR.")
            private Optional<Path> pairs = Optional.empty();

            @Option(
                    names = "--enrol",
                    paramLabel = "N",
                    description =
                            "DIR holds a folder for each person: enrol N photos, compare the others with everybody.")
            private Optional<Integer> enrol = Optional.empty();
        }

        @Override
        public Integer call() throws IOException {
            // picocli 4.7 does not miss a group whose options are Optional.
            if (protocol.pairs.isEmpty() && protocol.enrol.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "Missing: either --pairs=pairs.csv or --enrol=N");
            }
            if (threads < 1 || protocol.enrol.orElse(1) < 1) {
                throw new UserError("--threads and --enrol must be at least 1");
            }
            // Before the work, not after it: a folder that cannot be made should not cost an hour.
            Files.createDirectories(out);
            try (Engine.Opened opened = engine.openWithoutLiveness()) {
                VerificationReport report = protocol.pairs.isPresent()
                        ? pairs(opened, protocol.pairs.get())
                        : enrolment(opened, protocol.enrol.orElseThrow());
                Files.writeString(out.resolve("metrics.json"), Json.write(report.metrics()));
                Files.writeString(out.resolve("report.html"), report.html());
                spec.commandLine().getOut().println(report.summary());
                spec.commandLine().getOut().println("Report: " + out.resolve("report.html"));
            }
            return 0;
        }

        private VerificationReport pairs(Engine.Opened opened, Path list) throws IOException {
            List<Pair> pairs = PairList.read(list, images);
            ImageRun run = run(opened, pairs.stream().flatMap(p -> Stream.of(p.probe(), p.reference())));
            PairScores scores = PairScores.of(pairs, run);
            ErrorRates errors = new ErrorRates(scores.of(true), scores.of(false));
            VerificationMetrics metrics = VerificationMetrics.of(
                    errors,
                    PAIR_RATES,
                    Accuracy.of(scores.scores(), scores.mated()),
                    run,
                    Optional.empty(),
                    Optional.empty(),
                    opened.models().operatingPoints(),
                    opened.pack().name(),
                    opened.extractor().sha256());
            return VerificationReport.of(metrics, errors, scores);
        }

        private VerificationReport enrolment(Engine.Opened opened, int enrolled) throws IOException {
            SortedMap<String, List<String>> people = PersonFolders.read(images);
            TemplateBuilder builder = new TemplateBuilder(
                    opened.operatingPoints().atMost(SAME_FACE_FMR).threshold(), 1);
            ImageRun run = run(opened, people.values().stream().flatMap(List::stream));
            EnrolmentScores scores = EnrolmentScores.of(people, enrolled, builder, run);
            ErrorRates errors = new ErrorRates(scores.mated(), scores.nonMated());
            VerificationMetrics metrics = VerificationMetrics.of(
                    errors,
                    ENROL_RATES,
                    Accuracy.of(scores.all(), scores.kinds()),
                    run,
                    Optional.of(new VerificationMetrics.Enrolment(enrolled, scores.people(), scores.notEnrolled())),
                    Optional.of(Identification.of(scores.people(), scores.mated(), scores.best(), scores.strangers())),
                    opened.models().operatingPoints(),
                    opened.pack().name(),
                    opened.extractor().sha256());
            return VerificationReport.of(metrics, errors, scores);
        }

        private ImageRun run(Engine.Opened opened, Stream<String> files) {
            return ImageRun.of(files.toList(), file -> opened.evaluationProbe(images.resolve(file)), threads);
        }
    }
}
