package org.vultus.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a process of its own, whose environment says nothing of telemetry, nor of a test or a build, in which the runtime would
 * keep quiet by itself.
 */
class SilentRuntimeTest {

    /** With telemetry, the runtime's expressions overflowed the stack at some 4,000 characters. */
    private static final String LONG = "photo.jpg ".repeat(3_000);

    /** Makes the environment and closes nothing: what the runtime notes at its end is noted too. */
    static final class Program {
        public static void main(String[] arguments) {
            SilentRuntime.environment();
        }
    }

    @Test
    void nothingIsNotedOfTheMachineOrTheCommandLine(@TempDir Path home) throws IOException, InterruptedException {
        Process process = program(home);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static Process program(Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                LONG);
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", home.toString(), "TMPDIR", home.toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
