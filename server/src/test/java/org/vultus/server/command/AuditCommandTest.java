package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.audit.SignedTrail;

class AuditCommandTest {
    @TempDir
    Path folder;

    @Test
    void anIntactExportIsSaidToBeAndForWhatItIsWorth() throws IOException {
        Run run = verify(export(SignedTrail.of(7, 3)));
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList())
                .hasSize(3)
                .startsWith(
                        "Intact: records 1 to 7, 2 checkpoints, signed up to record 6.",
                        "Records 7 to 7 are not signed yet and could have been rewritten.");
        assertThat(run.out()).contains("its signatures show only that it is consistent");
    }

    @Test
    void aKeyFromElsewhereProvesWhoSigned() throws IOException {
        SignedTrail trail = SignedTrail.of(6, 3);
        for (String form : List.of(pem(trail.key()), base64(trail.key()), base64(trail.key()) + "\n")) {
            Run run = verify(export(trail), "--key", file("key", form));
            assertThat(run.code()).isZero();
            assertThat(run.out().lines())
                    .containsExactly("Intact: records 1 to 6, 2 checkpoints, signed up to record 6.");
        }
    }

    /** Somebody who made the whole trail anew, consistently, with a key of their own. */
    @Test
    void aTrailSignedByAnotherKeyIsBroken() throws IOException {
        SignedTrail forged = SignedTrail.of(6, 3);
        Run run = verify(
                export(forged), "--key", file("key", pem(SignedTrail.of(1, 1).key())));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("BROKEN at record 3: the checkpoint's signature is not that of key k1.");
    }

    @Test
    void severalKeysOfTheTimesMayStandInOneFile() throws IOException {
        SignedTrail trail = SignedTrail.of(6, 3);
        Run run = verify(
                export(trail), "--key", file("keys", pem(SignedTrail.of(1, 1).key()) + pem(trail.key())));
        assertThat(run.code()).isZero();
    }

    @Test
    void withAKeyAtLeastOneRecordMustBeSigned() throws IOException {
        SignedTrail unsigned = SignedTrail.of(2, 3);
        assertThat(verify(export(unsigned)).code()).isZero();
        Run run = verify(export(unsigned), "--key", file("key", pem(unsigned.key())));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("none is signed");
    }

    @Test
    void theFirstBrokenLinkIsNamed() throws IOException {
        String text = new String(SignedTrail.of(7, 3).bytes(), StandardCharsets.UTF_8);
        Run run = verify(file("changed", text.replace("\"sequence\":5,\"at\":\"2026", "\"sequence\":5,\"at\":\"2025")));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("BROKEN at record 5: the record was changed");
    }

    @Test
    void whatCannotBeReadIsNeitherIntactNorBroken() throws IOException {
        assertThat(verify(file("photo", "\u0000\u0001")).code()).isEqualTo(2);
        assertThat(verify(folder).code()).isEqualTo(2);
        Run run = verify(folder.resolve("nothing"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("nothing does not exist");
        Run wrongKey = verify(export(SignedTrail.of(1, 1)), "--key", file("key", "AAAA"));
        assertThat(wrongKey.code()).isEqualTo(2);
        assertThat(wrongKey.err()).contains("is not a public Ed25519 key");
    }

    @Test
    void anExportIsWrittenAndChecked() throws IOException {
        try (StubServer server = new StubServer()) {
            byte[] trail = SignedTrail.of(7, 3).bytes();
            server.answers.put(
                    "/api/audit/export", new StubServer.Answer(200, new String(trail, StandardCharsets.UTF_8)));
            Path to = folder.resolve("audit.jsonl");
            Run run = Run.of(AuditCommand::line, "export", "--server", server.uri(), "--to", to);
            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("Intact: records 1 to 7");
            assertThat(to).hasBinaryContent(trail);

            Run again = Run.of(AuditCommand::line, "export", "--server", server.uri(), "--to", to);
            assertThat(again.code()).isEqualTo(2);
            assertThat(again.err()).contains("is there already");
            assertThat(server.count("GET /api/audit/export")).isEqualTo(1);
        }
    }

    /** Half a trail under the name of a whole one would verify: the end of a chain is not missed. */
    @Test
    void anExportThatBreaksOffLeavesNoFile() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/audit/export",
                    new StubServer.Answer(200, new String(SignedTrail.of(7, 3).bytes(), StandardCharsets.UTF_8)));
            server.cutOffPath = "/api/audit/export";
            Run run = Run.of(
                    AuditCommand::line, "export", "--server", server.uri(), "--to", folder.resolve("audit.jsonl"));
            assertThat(run.code()).isEqualTo(1);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aRefusedExportLeavesNoFile() throws IOException {
        try (StubServer server = new StubServer()) {
            Run run = Run.of(
                    AuditCommand::line, "export", "--server", server.uri(), "--to", folder.resolve("audit.jsonl"));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("There is no such thing");
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static Run verify(Path file, Object... more) {
        Object[] arguments = new Object[more.length + 2];
        arguments[0] = "verify";
        arguments[1] = file;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Run.of(AuditCommand::line, arguments);
    }

    private Path export(SignedTrail trail) throws IOException {
        return Files.write(folder.resolve("export.jsonl"), trail.bytes());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String base64(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + base64(key) + "\n-----END PUBLIC KEY-----\n";
    }
}
