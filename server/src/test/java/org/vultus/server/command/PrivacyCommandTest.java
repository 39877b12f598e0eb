package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.ErasureCertificate;
import org.vultus.server.privacy.CertificateJws;

class PrivacyCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsWhetherOneOfTheKeysSignedIt() throws Exception {
        KeyPair site = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path right = key("right.pem", site);
        Path wrong = key("wrong.pem", other);
        Path file = folder.resolve("certificate.jws");
        UUID subject = UUID.randomUUID();
        Files.writeString(
                file,
                new CertificateJws(() -> new CertificateJws.Key("k", site))
                                .sign(new ErasureCertificate(
                                        UUID.randomUUID(),
                                        subject,
                                        Instant.parse("2026-03-02T08:00:00Z"),
                                        new Destroyed(1, 2, 3, 4, 5, 6, 7)))
                        + "\n");

        Run run = verify(file, right);
        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.out())
                .contains(
                        "The person " + subject + " was erased at 2026-03-02T08:00:00Z.",
                        "1 data keys, 2 enrolments",
                        "7 pictures");
        assertThat(verify(file, wrong)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).contains("NOT SIGNED");
        });
        assertThat(verify(right, right).code()).isEqualTo(2);
        assertThat(verify(folder.resolve("missing"), right).code()).isNotZero();
        assertThat(Run.of(server -> PrivacyCommand.line(), "verify-certificate", file)
                        .code())
                .isEqualTo(2);
    }

    private static Run verify(Path file, Path key) {
        return Run.of(server -> PrivacyCommand.line(), "verify-certificate", file, "--key", key);
    }

    private Path key(String name, KeyPair pair) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }
}
