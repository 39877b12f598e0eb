package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GalleryCommandTest {
    private static final String UP = "{\"gallery\":{\"kind\":\"QDRANT\",\"status\":\"UP\"},\"work\":";

    @Test
    void verificationTellsWhatIsWrongAndFailsUnlessItIsRepaired() throws IOException {
        try (StubServer server = new StubServer()) {
            String found =
                    "{\"kind\":\"VERIFY\",\"state\":\"DONE\",\"done\":12,\"total\":12,\"missing\":2,\"different\":1,"
                            + "\"ghosts\":3,\"repaired\":%d}}";
            server.answers.put(
                    "/api/gallery/verify",
                    new StubServer.Answer(
                            202, UP + "{\"kind\":\"VERIFY\",\"state\":\"RUNNING\",\"done\":0,\"total\":12}}"));
            server.answers.put("/api/gallery", new StubServer.Answer(200, UP + found.formatted(0)));
            Run dry = Run.of(GalleryCommand::line, "verify", "--server", server.uri());
            assertThat(dry.out().lines())
                    .containsExactly(
                            "references in the database  12",
                            "missing in the index        2",
                            "different                   1",
                            "of nobody                   3",
                            "repaired                    0",
                            "Nothing was changed. Repair with --repair.");
            assertThat(dry.code()).isEqualTo(1);

            server.answers.put("/api/gallery", new StubServer.Answer(200, UP + found.formatted(6)));
            Run repaired = Run.of(GalleryCommand::line, "verify", "--repair", "--server", server.uri());
            assertThat(repaired.code()).isZero();
            assertThat(repaired.out()).doesNotContain("--repair");
        }
    }

    @Test
    void rekeyingTellsTheVersion() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/gallery/rekey",
                    new StubServer.Answer(
                            202,
                            UP + "{\"kind\":\"REKEY\",\"department\":\"icu\",\"state\":\"DONE\",\"done\":9,\"total\":9,"
                                    + "\"version\":4}}"));
            Run run = Run.of(GalleryCommand::line, "rekey", "--department", "icu", "--server", server.uri());
            assertThat(run.out().lines()).containsExactly("department icu uses version 4 of its key");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void aFailureIsTheServersSentence() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/gallery/rekey",
                    new StubServer.Answer(
                            202,
                            UP
                                    + "{\"kind\":\"REKEY\",\"state\":\"FAILED\",\"done\":1,\"total\":9,\"problem\":\"Qdrant is away\"}}"));
            Run run = Run.of(GalleryCommand::line, "rekey", "--department", "icu", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).isEqualToIgnoringNewLines("vultus: Qdrant is away");

            server.answers.put(
                    "/api/gallery/verify", StubServer.problem(409, "gallery-in-memory", "There is no index"));
            Run memory = Run.of(GalleryCommand::line, "verify", "--server", server.uri());
            assertThat(memory.code()).isEqualTo(1);
            assertThat(memory.err()).startsWith("vultus: There is no index");
        }
    }

    @Test
    void statusSaysWhichGalleryIsUsed() throws IOException {
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/gallery",
                    new StubServer.Answer(
                            200,
                            "{\"gallery\":{\"kind\":\"QDRANT\",\"status\":\"FALLBACK\",\"reason\":\"no answer\"}}"));
            assertThat(Run.of(GalleryCommand::line, "status", "--server", server.uri())
                            .out()
                            .lines())
                    .containsExactly("gallery  qdrant", "status   fallback: no answer");
        }
    }
}
