package org.vultus.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code vultus gallery}: the gallery of a running server. */
@Command(
        name = "vultus gallery",
        description = {
            "Shows, compares and rekeys the index of faces of a running server.",
            "Only a gallery in Qdrant has an index. One in memory is filled from the database at every start; it has nothing to compare and no"
                    + " key, and verify and rekey say so."
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
final class GalleryCommand {
    private static final long LOOK_EVERY_MS = 500;

    private GalleryCommand() {}

    static CommandLine line(Supplier<ServerOptions> server) {
        return CommandLines.of(
                new GalleryCommand(), new Status(server.get()), new Verify(server.get()), new Rekey(server.get()));
    }

    private record StateJson(
            String kind, String status, @Nullable String reason) {}

    private record JobJson(
            String kind,
            @Nullable String department,
            String state,
            long done,
            long total,
            @Nullable Long missing,
            @Nullable Long different,
            @Nullable Long ghosts,
            @Nullable Long repaired,
            @Nullable Integer version,
            @Nullable String problem) {

        boolean running() {
            return state.equals("RUNNING");
        }
    }

    private record GalleryJson(StateJson gallery, @Nullable JobJson work) {}

    private record RekeyWish(String department) {}

    /** {@code vultus gallery status}. */
    @Command(name = "status", description = "Says which gallery is used, and what the last work on its index came to.")
    static final class Status implements Callable<Integer> {
        @Mixin
        private final ServerOptions server;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Status(ServerOptions server) {
            this.server = server;
        }

        @Override
        public Integer call() throws IOException {
            try (ServerConnection connection = server.connect()) {
                GalleryJson now =
                        connection.get("/api/gallery", GalleryJson.class).orFail();
                PrintWriter out = spec.commandLine().getOut();
                out.println("gallery  " + now.gallery().kind().toLowerCase(Locale.ROOT));
                out.println("status   " + now.gallery().status().toLowerCase(Locale.ROOT)
                        + (now.gallery().reason() == null
                                ? ""
                                : ": " + now.gallery().reason()));
                JobJson work = now.work();
                if (work != null) {
                    out.println("work     " + work.kind().toLowerCase(Locale.ROOT)
                            + (work.department() == null ? "" : " " + work.department()) + ", "
                            + work.state().toLowerCase(Locale.ROOT) + ", " + work.done() + " of " + work.total());
                }
            }
            return 0;
        }
    }

    /** {@code vultus gallery verify}. */
    @Command(
            name = "verify",
            description = {
                "Compares the index with the database, person by person, while people enrol and sign in.",
                "Exit code 0 when nothing is wrong (any more), 1 otherwise."
            })
    static final class Verify implements Callable<Integer> {
        @Mixin
        private final ServerOptions server;

        @Option(names = "--repair", description = "Put right what is wrong; without it nothing is changed.")
        private boolean repair;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Verify(ServerOptions server) {
            this.server = server;
        }

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            try (ServerConnection connection = server.connect()) {
                JobJson job = await(connection, "/api/gallery/verify?repair=" + repair, null, out);
                long wrong = number(job.missing()) + number(job.different()) + number(job.ghosts());
                out.println("references in the database  " + job.done());
                out.println("missing in the index        " + number(job.missing()));
                out.println("different                   " + number(job.different()));
                out.println("of nobody                   " + number(job.ghosts()));
                out.println("repaired                    " + number(job.repaired()));
                if (wrong > 0 && !repair) {
                    out.println("Nothing was changed. Repair with --repair.");
                }
                return wrong == number(job.repaired()) ? 0 : 1;
            }
        }
    }

    /** {@code vultus gallery rekey}. */
    @Command(
            name = "rekey",
            description = {
                "Gives a department's vectors in the index a new key, while people enrol and sign in. Nobody enrols again.",
                "Interrupted, it goes on where it was with the same command."
            })
    static final class Rekey implements Callable<Integer> {
        @Mixin
        private final ServerOptions server;

        @Option(names = "--department", required = true, paramLabel = "CODE", description = "Which department.")
        private String department = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Rekey(ServerOptions server) {
            this.server = server;
        }

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            try (ServerConnection connection = server.connect()) {
                JobJson job = await(connection, "/api/gallery/rekey", new RekeyWish(department), out);
                out.println("department %s uses version %s of its key".formatted(job.department(), job.version()));
            }
            return 0;
        }
    }

    /** Begins the work, tells how far it is, and gives what it came to. */
    private static JobJson await(ServerConnection connection, String path, @Nullable RekeyWish wish, PrintWriter out)
            throws IOException {
        Reply<GalleryJson> begun = wish == null
                ? connection.post(path, GalleryJson.class)
                : connection.post(path, wish, GalleryJson.class);
        JobJson job = work(begun);
        long told = 0;
        while (job.running()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
            job = work(connection.get("/api/gallery", GalleryJson.class));
            if (job.running() && job.done() > told) {
                told = job.done();
                out.println("%d of %d".formatted(job.done(), job.total()));
                out.flush();
            }
        }
        if (job.problem() != null) {
            throw CommandFailure.failed(job.problem());
        }
        return job;
    }

    private static JobJson work(Reply<GalleryJson> reply) {
        return Objects.requireNonNull(reply.orFail().work(), "work was begun");
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
