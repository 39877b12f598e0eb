package org.vultus.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code vultus keys}: the keys of a running server, by name; the keys themselves stay where they are. */
@Command(
        name = "vultus keys",
        description = "Shows and rotates the keys of a running server.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {

    private KeysCommand() {}

    static CommandLine line(Supplier<ServerOptions> server) {
        return CommandLines.of(new KeysCommand(), new Status(server.get()), new Rotate(server.get()));
    }

    /** @param rewrappedSubjects how many people's keys were wrapped anew; absent where nothing was rotated */
    private record KeysJson(
            @Nullable String siteKey,
            @Nullable Long rewrappedSubjects,
            @Nullable Boolean oldSiteKeysDisabled,
            @Nullable String signingKey) {}

    /** {@code vultus keys status}. */
    @Command(name = "status", description = "Names the keys in use.")
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
                print(connection.get("/api/keys", KeysJson.class).orFail(), spec);
            }
            return 0;
        }
    }

    /** {@code vultus keys rotate}. */
    @Command(
            name = "rotate",
            description =
                    "Makes new keys and wraps what the old site key protected with the new one, while people sign in.")
    static final class Rotate implements Callable<Integer> {
        @Mixin
        private final ServerOptions server;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Rotate(ServerOptions server) {
            this.server = server;
        }

        @Override
        public Integer call() throws IOException {
            try (ServerConnection connection = server.connect()) {
                print(connection.post("/api/keys/rotate", KeysJson.class).orFail(), spec);
            }
            return 0;
        }
    }

    private static void print(KeysJson keys, CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        if (keys.siteKey() != null) {
            out.println("site key          " + keys.siteKey());
        }
        if (keys.signingKey() != null) {
            out.println("signing key       " + keys.signingKey());
        }
        if (keys.rewrappedSubjects() != null) {
            out.println("people rewrapped  " + keys.rewrappedSubjects());
        }
        if (keys.oldSiteKeysDisabled() != null) {
            out.println("old keys disabled " + (keys.oldSiteKeysDisabled() ? "yes" : "no, rotate again"));
        }
    }
}
