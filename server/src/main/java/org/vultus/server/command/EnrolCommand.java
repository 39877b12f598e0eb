package org.vultus.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.vultus.server.command.BulkEnrolment.Plan;
import org.vultus.server.command.EnrolmentReport.Line;
import org.vultus.server.command.EnrolmentReport.Outcome;
import org.vultus.server.command.People.Person;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus enrol}: enrols many people from folders of photos. */
@Command(
        name = "vultus enrol",
        description = {
            "Enrols many people on a running server. A run that was interrupted, or in which some were refused, goes on when it"
                    + " is started again: those whom the report says to be enrolled are left alone.",
            "",
            "The list is a CSV file in UTF-8 with the columns username, display_name, department, basis and, where wanted,"
                    + " reason, notice_version, images. basis is CONSENT, LEGAL_OBLIGATION, PROTECTION_OF_LIFE,"
                    + " HEALTH_PROTECTION or FRAUD_PREVENTION_AND_SECURITY; all but consent need a reason. images is a folder"
                    + " below DIR, or several folders or files separated by semicolons; without it, the folder named like the"
                    + " user. Each person needs 3 to 20 photos of at most 10 MB.",
            "",
            "Exit code 0: all are enrolled; 1: some are not, or the server went away; 2: something to put right first."
        },
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions server;

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The folder of all photos.")
    private Path from = Path.of("");

    @Option(names = "--csv", paramLabel = "FILE", required = true, description = "The list of people.")
    private Path csv = Path.of("");

    @Option(
            names = "--notice",
            paramLabel = "VERSION",
            description = "Which version of the privacy notice people were given, where the list does not say.")
    private Optional<String> notice = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "enrolment-report.jsonl",
            description = "What became of each person, JSON Lines (${DEFAULT-VALUE}).")
    private Path report = Path.of("");

    @Option(
            names = "--passwords",
            paramLabel = "FILE",
            description = "Where to write the one-time passwords of people who are created; only you can read it.")
    private Optional<Path> passwords = Optional.empty();

    @Option(names = "--dry-run", description = "Only look and say what would be done.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    private EnrolCommand(ServerOptions server) {
        this.server = server;
    }

    static CommandLine line(Supplier<ServerOptions> server) {
        return CommandLines.of(new EnrolCommand(server.get()));
    }

    @Override
    public Integer call() throws IOException {
        List<Person> people = People.read(csv, notice);
        if (!Files.isDirectory(from)) {
            throw new NotDirectoryException(from.toString());
        }
        Clock clock = Clock.systemUTC();
        try (ServerConnection connection = server.connect()) {
            BulkEnrolment enrolment = new BulkEnrolment(connection, from, clock);
            if (dryRun) {
                return rehearse(enrolment, plan(enrolment, people, EnrolmentReport.enrolledIn(report)));
            }
            try (EnrolmentReport lines = new EnrolmentReport(report)) {
                List<Plan> plans = plan(enrolment, people, lines.enrolled());
                enrol(enrolment, plans, lines);
                spec.commandLine()
                        .getOut()
                        .printf(
                                "Enrolled %d, refused %d, failed %d; %d were enrolled before. Report: %s%n",
                                count(Outcome.ENROLLED),
                                count(Outcome.REFUSED),
                                count(Outcome.FAILED),
                                people.size() - plans.size(),
                                report);
                return count(Outcome.ENROLLED) == plans.size() ? 0 : 1;
            }
        }
    }

    private static List<Plan> plan(BulkEnrolment enrolment, List<Person> people, Set<String> enrolled)
            throws IOException {
        List<Plan> plans = new ArrayList<>();
        for (Person person : people) {
            if (!enrolled.contains(person.username())) {
                plans.add(enrolment.plan(person));
            }
        }
        return plans;
    }

    private int rehearse(BulkEnrolment enrolment, List<Plan> plans) {
        PrintWriter out = spec.commandLine().getOut();
        int refused = 0;
        for (Plan plan : plans) {
            Optional<Line> refusal = enrolment.refusal(plan);
            refused += refusal.isPresent() ? 1 : 0;
            out.println(plan.person().username() + ": "
                    + refusal.map(line -> "cannot be enrolled: " + line.detail())
                            .orElse(plan.creates() ? "would be created and enrolled" : "would be enrolled"));
        }
        long creations = plans.stream().filter(Plan::creates).count();
        out.printf(
                "Would enrol %d, of whom %d are new; %d cannot be. Nothing was changed.%n",
                plans.size() - refused, creations, refused);
        if (creations > 0 && passwords.isEmpty()) {
            out.println("People who are new need --passwords FILE.");
        }
        return refused == 0 ? 0 : 1;
    }

    private void enrol(BulkEnrolment enrolment, List<Plan> plans, EnrolmentReport report) throws IOException {
        long creations = plans.stream().filter(Plan::creates).count();
        if (creations > 0 && passwords.isEmpty()) {
            throw CommandFailure.usage(
                    "%d people are new and would be created, each with a one-time password;".formatted(creations)
                            + " say with --passwords FILE where to write those");
        }
        try (PasswordsFile secrets = creations > 0 ? new PasswordsFile(passwords.orElseThrow()) : null) {
            for (int i = 0; i < plans.size(); i++) {
                Line line;
                try {
                    line = enrolment.carryOut(plans.get(i), Optional.ofNullable(secrets));
                } catch (FileSystemException e) {
                    throw e;
                } catch (IOException e) {
                    throw CommandFailure.failed("%s; %d of %d people are left: start this again to go on"
                            .formatted(e.getMessage(), plans.size() - i, plans.size()));
                }
                report.add(line);
                counts.merge(line.outcome(), 1, Integer::sum);
                progress(i + 1, plans.size(), line);
            }
        }
    }

    private void progress(int n, int of, Line line) {
        PrintWriter err = spec.commandLine().getErr();
        switch (line.outcome()) {
            case ENROLLED ->
                err.printf(
                        "[%d/%d] %s: enrolled from %d images, quality %d%n",
                        n, of, line.username(), line.imagesUsed(), line.quality());
            case REFUSED -> err.printf("[%d/%d] %s: refused. %s%n", n, of, line.username(), line.detail());
            case FAILED -> err.printf("[%d/%d] %s: failed. %s%n", n, of, line.username(), line.detail());
        }
        if (line.images() != null) {
            line.images()
                    .forEach(photo -> err.printf("        %s: %s%n", photo.file(), String.join(" ", photo.advice())));
        }
        err.flush();
    }

    private int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
