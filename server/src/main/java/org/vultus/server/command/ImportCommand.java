package org.vultus.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vultus import}: people, shifts or holidays from CSV, into a running server. */
@Command(
        name = "vultus import",
        description =
                "Reads people, shifts or holidays from CSV into a running server. A dry run, which shows what is wrong by"
                        + " line, unless --commit is given. Exit code 0: nothing is wrong, 1: something is, and nothing was taken.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    /** What a file holds. */
    enum Kind {
        PEOPLE,
        SHIFTS,
        HOLIDAYS
    }

    @Mixin
    private final ServerOptions server;

    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}, in any case.")
    private Kind kind = Kind.PEOPLE;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "CSV in UTF-8 with a head; docs/attendance.md names the columns.")
    private Path file = Path.of("");

    @Option(names = "--commit", description = "Takes the file when nothing is wrong with it.")
    private boolean commit;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ImportCommand(ServerOptions server) {
        this.server = server;
    }

    static CommandLine line(Supplier<ServerOptions> server) {
        return CommandLines.of(new ImportCommand(server.get()));
    }

    /** What is wrong with a line. */
    record WrongJson(int line, @Nullable String problem) {}

    /** What the server says of a file. */
    record ImportJson(int lines, List<WrongJson> problems, boolean committed) {
        ImportJson {
            // Absent from JSON is null.
            problems = Objects.requireNonNullElse(problems, List.of());
        }
    }

    @Override
    public Integer call() throws IOException {
        byte[] content = Files.readAllBytes(file);
        ImportJson answer;
        try (ServerConnection connection = server.connect()) {
            answer = connection
                    .post(
                            "/api/attendance/import/" + kind.name().toLowerCase(Locale.ROOT) + "?commit=" + commit,
                            "text/csv",
                            BodyPublishers.ofByteArray(content),
                            ImportJson.class)
                    .orFail();
        }
        PrintWriter out = spec.commandLine().getOut();
        answer.problems().forEach(wrong -> out.printf("%s:%d: %s%n", file, wrong.line(), wrong.problem()));
        if (!answer.problems().isEmpty()) {
            out.printf("%d problems; nothing was taken.%n", answer.problems().size());
            return 1;
        }
        out.printf(
                answer.committed() ? "%d lines taken.%n" : "%d lines, nothing is wrong; --commit takes them.%n",
                answer.lines());
        return 0;
    }
}
