package org.vultus.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vultus.access.privacy.ErasureCertificate;
import org.vultus.server.privacy.CertificateJws;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code vultus privacy}: checks what the server certified, where no server is. */
@Command(
        name = "vultus privacy",
        description = "Checks certificates of erasure without the server.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
final class PrivacyCommand {

    private PrivacyCommand() {}

    static CommandLine line() {
        return CommandLines.of(new PrivacyCommand(), new VerifyCertificate());
    }

    /** {@code vultus privacy verify-certificate}. */
    @Command(
            name = "verify-certificate",
            description = "Checks who signed a certificate of erasure. Exit code 0: one of the keys, 1: none of them,"
                    + " 2: no certificate.")
    static final class VerifyCertificate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The certificate, as the server gave it.")
        private Path file = Path.of("");

        @Option(
                names = "--key",
                paramLabel = "FILE",
                required = true,
                description = "Public keys of the audit trail, PEM or base64, obtained elsewhere. Repeatable.")
        private List<Path> keys = new ArrayList<>();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            List<PublicKey> pinned = new ArrayList<>();
            for (Path key : keys) {
                pinned.addAll(AuditCommand.publicKeys(key));
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            Optional<ErasureCertificate> certificate;
            try {
                certificate = CertificateJws.verify(text, pinned);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(file + " " + e.getMessage());
            }
            PrintWriter out = spec.commandLine().getOut();
            if (certificate.isEmpty()) {
                out.println("NOT SIGNED by any of these keys.");
                return 1;
            }
            ErasureCertificate erased = certificate.get();
            out.printf("Signed. The person %s was erased at %s.%n", erased.subject(), erased.erasedAt());
            out.printf(
                    "Destroyed: %d data keys, %d enrolments, %d entries of their history, %d face sessions, %d sign-ins,"
                            + " %d sign-ins to applications, %d pictures.%n",
                    erased.destroyed().dataKeys(),
                    erased.destroyed().enrolments(),
                    erased.destroyed().history(),
                    erased.destroyed().sessions(),
                    erased.destroyed().attempts(),
                    erased.destroyed().grants(),
                    erased.destroyed().pictures());
            out.printf("Certificate %s.%n", erased.id());
            return 0;
        }
    }
}
