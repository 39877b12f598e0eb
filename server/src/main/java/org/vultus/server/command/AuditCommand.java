package org.vultus.server.command;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vultus.access.audit.AuditVerdict;
import org.vultus.access.audit.AuditVerifier;
import org.vultus.server.audit.AuditEntry;
import org.vultus.server.audit.AuditFile;
import org.vultus.server.audit.AuditFileReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code vultus audit}: takes the trail out of a server, and checks it where no server is. */
@Command(
        name = "vultus audit",
        description = "Exports the audit trail, and checks an export without the server.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
    private static final Pattern PEM = Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

    private AuditCommand() {}

    static CommandLine line(Supplier<ServerOptions> server) {
        return CommandLines.of(new AuditCommand(), new Verify(), new Export(server.get()));
    }

    /** {@code vultus audit verify}. */
    @Command(
            name = "verify",
            description =
                    "Checks an export and names the first broken link. Exit code 0: intact, 1: broken, 2: no export.")
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The export.")
        private Path file = Path.of("");

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "Public keys obtained elsewhere, PEM or base64; only their signatures count. Repeatable.")
        private List<Path> keys = new ArrayList<>();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            List<PublicKey> pinned = new ArrayList<>();
            for (Path key : keys) {
                pinned.addAll(publicKeys(key));
            }
            return verify(file, pinned, spec.commandLine().getOut());
        }
    }

    /** {@code vultus audit export}. */
    @Command(name = "export", description = "Writes the trail of a running server to a file, and checks that.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private final ServerOptions server;

        @Option(names = "--to", paramLabel = "FILE", required = true, description = "A file that does not exist yet.")
        private Path to = Path.of("");

        @Option(
                names = "--from-sequence",
                paramLabel = "N",
                defaultValue = "1",
                description = "The first record wanted (${DEFAULT-VALUE}).")
        private long from;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Export(ServerOptions server) {
            this.server = server;
        }

        @Override
        public Integer call() throws IOException {
            if (Files.exists(to)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            // What is called FILE is always the whole export.
            Path part = to.resolveSibling(to.getFileName() + ".part");
            try (ServerConnection connection = server.connect();
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                connection.download("/api/audit/export?from_sequence=" + from, "application/jsonl", out);
            } catch (IOException | CommandFailure e) {
                Files.deleteIfExists(part);
                throw e;
            }
            Files.move(part, to);
            return verify(to, List.of(), spec.commandLine().getOut());
        }
    }

    /** @param pinned the only keys to believe; none for those that the export itself names */
    private static int verify(Path file, List<PublicKey> pinned, PrintWriter out) throws IOException {
        try (AuditFileReader reader = new AuditFileReader(new BufferedInputStream(Files.newInputStream(file)))) {
            Map<String, PublicKey> keys = new TreeMap<>(reader.header().keys());
            if (!pinned.isEmpty()) {
                keys.values().retainAll(pinned);
            }
            AuditVerifier verifier = new AuditVerifier(keys);
            for (AuditEntry entry = reader.next(); entry != null; entry = reader.next()) {
                switch (entry) {
                    case AuditEntry.Event(var record) -> verifier.accept(record);
                    case AuditEntry.Signed(var checkpoint) -> verifier.accept(checkpoint);
                }
            }
            return switch (verifier.verdict()) {
                case AuditVerdict.Intact intact -> tell(intact, !pinned.isEmpty(), out);
                case AuditVerdict.Broken(long sequence, String what) -> {
                    out.printf("BROKEN at record %d: %s.%n", sequence, what);
                    if (!pinned.isEmpty()
                            && keys.size() < reader.header().keys().size()) {
                        out.println(
                                "The export names further keys. Those of earlier times count where --key gives them.");
                    }
                    yield 1;
                }
            };
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": " + e.getMessage());
        }
    }

    private static int tell(AuditVerdict.Intact intact, boolean pinned, PrintWriter out) {
        if (pinned && intact.checkpoints() == 0) {
            out.printf("Records %d to %d follow from each other, but none is signed.%n", intact.first(), intact.last());
            return 1;
        }
        out.printf(
                "Intact: records %d to %d, %d checkpoints, signed up to record %d.%n",
                intact.first(), intact.last(), intact.checkpoints(), intact.lastSigned());
        if (intact.first() > 1) {
            out.printf("Records before %d are not in this export.%n", intact.first());
        }
        if (intact.lastSigned() < intact.last()) {
            out.printf(
                    "Records %d to %d are not signed yet and could have been rewritten.%n",
                    Math.max(intact.first(), intact.lastSigned() + 1), intact.last());
        }
        if (!pinned) {
            out.println("The keys are those that the export itself names, so its signatures show only that it is"
                    + " consistent. To know who signed it, give a key obtained elsewhere with --key.");
        }
        return 0;
    }

    /** The keys of a file that the user names. */
    static List<PublicKey> publicKeys(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (Matcher block = PEM.matcher(text); block.find(); ) {
                keys.add(AuditFile.publicKey(block.group(1)));
            }
            if (keys.isEmpty()) {
                keys.add(AuditFile.publicKey(text));
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(file + ": " + e.getMessage());
        }
        return keys;
    }
}
