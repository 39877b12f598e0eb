package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("people.csv"), content);
    }

    @Test
    void aDryRunSaysThatNothingIsWrongAndCommitTakesIt() throws IOException {
        Path file = file("username\nana\n");
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/attendance/import/people",
                    new StubServer.Answer(200, "{\"lines\":1,\"problems\":[],\"committed\":false}"));
            Run dry = Run.of(ImportCommand::line, "people", file.toString(), "--server", server.uri());
            assertThat(dry.code()).isZero();
            assertThat(dry.out()).contains("1 lines, nothing is wrong; --commit takes them.");
            server.answers.put(
                    "/api/attendance/import/people",
                    new StubServer.Answer(200, "{\"lines\":1,\"problems\":[],\"committed\":true}"));
            Run taken = Run.of(ImportCommand::line, "people", file.toString(), "--commit", "--server", server.uri());
            assertThat(taken.out()).contains("1 lines taken.");
        }
    }

    @Test
    void whatIsWrongIsShownByLineAndFails() throws IOException {
        Path file = file("username\n?\n");
        try (StubServer server = new StubServer()) {
            server.answers.put(
                    "/api/attendance/import/people",
                    new StubServer.Answer(
                            200,
                            "{\"lines\":1,\"problems\":[{\"line\":2,\"problem\":\"a user name is\"}],\"committed\":false}"));
            Run run = Run.of(ImportCommand::line, "PEOPLE", file.toString(), "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out().lines())
                    .containsExactly(file + ":2: a user name is", "1 problems; nothing was taken.");
            assertThat(Run.of(ImportCommand::line, "planets", file.toString(), "--server", server.uri())
                            .code())
                    .isEqualTo(2);
            assertThat(Run.of(ImportCommand::line, "people", folder.resolve("none") + "", "--server", server.uri())
                            .code())
                    .isEqualTo(2);
        }
    }
}
