package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class KeysCommandTest {

    @Test
    void rotationTellsTheNewKeysAndHowManyPeople() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/keys/rotate",
                    new StubServer.Answer(
                            200,
                            "{\"site_key\":\"1807\",\"rewrapped_subjects\":42,\"old_site_keys_disabled\":true,\"signing_key\":\"k-9\"}"));
            Run run = Run.of(KeysCommand::line, "rotate", "--server", server.uri());
            assertThat(run.code()).isZero();
            assertThat(run.out().lines())
                    .containsExactly(
                            "site key          1807",
                            "signing key       k-9",
                            "people rewrapped  42",
                            "old keys disabled yes");
            assertThat(server.requests).containsExactly("POST /token", "POST /api/keys/rotate");
        }
    }

    @Test
    void statusChangesNothing() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/keys",
                    new StubServer.Answer(200, "{\"site_key\":\"1807\",\"signing_key\":\"k-9\",\"more\":[]}"));
            Run run = Run.of(KeysCommand::line, "status", "--server", server.uri());
            assertThat(run.out().lines()).containsExactly("site key          1807", "signing key       k-9");
            assertThat(server.requests).containsExactly("POST /token", "GET /api/keys");
        }
    }

    @Test
    void aRefusalIsTheServersSentence() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put("/api/keys", StubServer.problem(403, "not-allowed", "You may not do that"));
            Run run = Run.of(KeysCommand::line, "status", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).isEqualToIgnoringNewLines("vultus: You may not do that: Ask the administrator.");
        }
    }

    @Test
    void whatIsNoVultusIsSaid() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put("/api/keys", new StubServer.Answer(200, "<html>"));
            assertThat(Run.of(KeysCommand::line, "status", "--server", server.uri()))
                    .satisfies(run -> assertThat(run.code()).isEqualTo(1))
                    .satisfies(run -> assertThat(run.err()).contains("does not answer as a Vultus"));
            server.answers.put("/api/keys", new StubServer.Answer(502, "<html>"));
            assertThat(Run.of(KeysCommand::line, "status", "--server", server.uri())
                            .err())
                    .contains("the server answered 502");
        }
    }

    @Test
    void aServerThatIsAwayIsSaid() throws IOException {
        StubServer server = new StubServer();
        server.close();
        Run run = Run.of(KeysCommand::line, "status", "--server", server.uri());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(server.uri() + " does not answer");
    }

    @Test
    void theCommandNeedsToKnowWhich() {
        Run run = Run.of(KeysCommand::line);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("vultus: Missing required subcommand; see ./vultus keys --help");
    }
}
