package org.vultus.evaluation.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.vultus.evaluation.command.Engine;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus load}. */
@Command(
        name = "load",
        description = "Lets many people sign in by face at once at a running server, and reports what they wait.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every attempt was decided", "1:at least one was lost or turned away", "2:wrong arguments"})
public final class LoadCommand implements Callable<Integer> {

    /** Longer than the server's sessions live. */
    private static final long PATIENCE_SECONDS = 75;

    private static final int WARM_UP_ROUNDS = 5;

    /** A machine has no more ports for connections to one server. */
    private static final int MOST = 25_000;

    /** A session that sees fewer ends before it has enough. */
    private static final double LEAST_FPS = 0.1;

    private static final int MOST_FPS = 60;

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "Where the server is (default: ${DEFAULT-VALUE}).")
    private URI server = URI.create("http://localhost:8080");

    @Option(names = "--department", paramLabel = "CODE", required = true, description = "Where they sign in.")
    private String department = "";

    @Option(
            names = "--warm-up",
            paramLabel = "URL",
            description =
                    "Another server, where the same is done for five rounds first, so that this program is not slow"
                            + " in the first round that counts.")
    private Optional<URI> warmUp = Optional.empty();

    @ArgGroup(multiplicity = "1")
    private Frames frames = new Frames();

    static final class Frames {
        @Option(
                names = "--frames",
                paramLabel = "DIR",
                description = "Frames as JPEG files: one folder for each person, who is enrolled already.")
        Optional<Path> folder = Optional.empty();

        @Option(names = "--demo", description = "Frames of 1280x720 made from the demo photos.")
        boolean demo;
    }

    @Option(names = "--sockets", paramLabel = "N", defaultValue = "50", description = "People at once (default: 50).")
    private int sockets;

    @Option(names = "--fps", paramLabel = "N", defaultValue = "5", description = "Frames per second (default: 5).")
    private double fps;

    @Option(
            names = "--paced",
            description =
                    "Send as the pages do: the next frame only when the last was answered, or nothing was heard of"
                            + " it for a second.")
    private boolean paced;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "How often (default: 2).")
    private int rounds;

    @Option(
            names = "--prepare",
            description = "With --demo: first makes the department and enrols the people, as the administrator with the"
                    + " password in VULTUS_PASSWORD.")
    private boolean prepare;

    @Option(names = "--user", defaultValue = "admin", description = "The administrator (default: admin).")
    private String user = "admin";

    @Option(names = "--pid", description = "The server's process on this machine, whose memory is then reported.")
    private Optional<Long> pid = Optional.empty();

    @Mixin
    private JsonFile json = new JsonFile();

    @Override
    public Integer call() throws IOException {
        if (sockets < 1 || sockets > MOST || rounds < 1 || rounds > MOST || !(fps >= LEAST_FPS && fps <= MOST_FPS)) {
            throw new UserError("--sockets and --rounds must be at least 1 and at most %d, --fps from %s to %d"
                    .formatted(MOST, LEAST_FPS, MOST_FPS));
        }
        json.check();
        Destination.requireAddress("--server", server);
        warmUp.ifPresent(other -> Destination.requireAddress("--warm-up", other));
        if (prepare && !frames.demo) {
            throw new UserError("--prepare enrols the people of the demo photos; use it with --demo");
        }
        if (pid.isPresent()) {
            residentMegabytes();
        }
        if (frames.folder.isPresent()) {
            // Before anything slower.
            PersonFolders.read(frames.folder.get());
        }
        try (HttpClient http = HttpClient.newHttpClient();
                ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
            try {
                return measured(http, timer);
            } finally {
                // Also of attempts that an error left behind: nobody waits for them.
                http.shutdownNow();
                timer.shutdownNow();
            }
        }
    }

    private int measured(HttpClient http, ScheduledExecutorService timer) throws IOException {
        Optional<String> there = prepare ? Optional.empty() : Optional.of(department);
        Destination.check(http, server, there);
        if (warmUp.isPresent()) {
            Destination.check(http, warmUp.get(), there);
        }
        List<Person> people =
                frames.folder.isPresent() ? Person.of(frames.folder.get(), engine) : Person.ofDemoPhotos(engine);
        if (warmUp.isPresent()) {
            List<Person> warmers = prepared(http, warmUp.get(), people);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                round(http, timer, warmUp.get(), warmers);
            }
        }
        LoadReport report = run(http, timer, prepared(http, server, people));
        String text = Json.write(report);
        spec.commandLine().getOut().println(text);
        json.write(text);
        boolean decided = report.rounds().stream().allMatch(round -> round.lost() + round.busy() == 0);
        return decided ? 0 : 1;
    }

    private List<Person> prepared(HttpClient http, URI server, List<Person> people) throws IOException {
        if (!prepare) {
            return people;
        }
        String password = System.getenv("VULTUS_PASSWORD");
        if (password == null) {
            throw new UserError("--prepare needs the administrator's password in VULTUS_PASSWORD");
        }
        return new Preparation(http, server, user, password).enrol(department, people);
    }

    private LoadReport run(HttpClient http, ScheduledExecutorService timer, List<Person> people) throws IOException {
        PrintWriter progress = spec.commandLine().getErr();
        progress.printf("%d people of the demo photos or the folder, %d sockets%n", people.size(), sockets);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Optional<Double> before = residentMegabytes();
        List<LoadReport.Round> done = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            LoadReport.Round round = round(http, timer, server, people);
            progress.printf(
                    Locale.ROOT,
                    "round %d of %d: p50 %.2f s, p95 %.2f s, max %.2f s; accepted %d, refused %d, busy %d, lost %d%n",
                    i,
                    rounds,
                    round.decision().p50(),
                    round.decision().p95(),
                    round.decision().max(),
                    round.accepted(),
                    round.refused(),
                    round.busy(),
                    round.lost());
            done.add(round);
        }
        return new LoadReport(
                sockets, fps, paced, people.size(), Runtime.getRuntime().availableProcessors(), load, before, done);
    }

    private LoadReport.Round round(HttpClient http, ScheduledExecutorService timer, URI server, List<Person> people)
            throws IOException {
        URI socket = Destination.socket(server, department);
        List<CompletableFuture<Camera.Attempt>> attempts = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            Person person = people.get(i % people.size());
            attempts.add(
                    Camera.signIn(http, socket, person.frames(), new Camera.Rate(fps, paced), timer, PATIENCE_SECONDS));
        }
        List<Camera.Attempt> ended =
                attempts.stream().map(CompletableFuture::join).toList();
        return LoadReport.Round.of(ended, residentMegabytes());
    }

    private Optional<Double> residentMegabytes() throws IOException {
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        Path status = Path.of("/proc", Long.toString(pid.get()), "status");
        if (!Files.exists(status)) {
            throw new UserError("there is no process " + pid.get() + ", or this system does not tell its memory");
        }
        String line = Files.readAllLines(status).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "process " + pid.get() + " has no memory of its own: it ended, or is the system's"));
        return Optional.of(Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 102.4) / 10.0);
    }
}
