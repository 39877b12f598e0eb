package org.vultus.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    private Path folder;

    /** A server that starts: two of its threads need the programs. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Thread other = Thread.ofPlatform().start(() -> use(folder));
            use(folder);
            other.join();
        }

        private static void use(Path folder) {
            try {
                Programs.Run run = Programs.in(folder).run("initdb", List.of("--version"));
                if (run.status() != 0) {
                    throw new IllegalStateException(run.output());
                }
            } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    @Test
    void twoServersMayUnpackThemAtOnce() throws Exception {
        List<Process> servers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ProcessBuilder builder = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Server.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true);
            File output = Files.createTempFile(folder, "output", ".txt").toFile();
            servers.add(builder.redirectOutput(output).start());
        }
        for (Process server : servers) {
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).as(this::said).isZero();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isDirectory)).hasSize(1);
        }
    }

    private String said() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.newDirectoryStream(folder, "*.txt")) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }
}
