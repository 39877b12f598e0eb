package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.vultus.server.Command;

/** coturn on a port and with a configuration of its own; what Debian's package starts, if anything, is left alone. */
final class Turnserver implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/turnserver";

    private final Process process;
    private final Path log;

    private Turnserver(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The test is skipped where there is no coturn. */
    static void isThere() {
        // It has no way to say its version that ends well (4.6).
        assumeTrue(Files.isExecutable(Path.of(PROGRAM)) && !Command.runs(PROGRAM, "--nonsense"), "there is no coturn");
    }

    /** Once it listens at that address, by UDP and TCP. */
    static Turnserver start(Path folder, String address, int port, String secret) throws IOException {
        Path log = Files.createTempFile(folder, "turnserver", ".log");
        Process process = new ProcessBuilder(
                        PROGRAM,
                        "-n",
                        "--listening-ip=" + address,
                        "--relay-ip=" + address,
                        "--listening-port=" + port,
                        "--min-port=47300",
                        "--max-port=47399",
                        "--use-auth-secret",
                        "--static-auth-secret=" + secret,
                        "--realm=hospital.example",
                        "--userdb=" + folder.resolve("turndb"),
                        "--pidfile=" + folder.resolve("turnserver.pid"),
                        "--no-cli",
                        "--no-tls",
                        "--no-dtls",
                        "--simple-log",
                        "--verbose",
                        "--log-file=stdout")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Turnserver server = new Turnserver(process, log);
        server.says(line -> line.contains("UDP listener opened on: " + address + ":" + port));
        return server;
    }

    /** Waits until its log has such a line. */
    void says(Predicate<String> line) throws IOException {
        for (int tries = 0; tries < 300; tries++) {
            if (count(line) > 0) {
                return;
            }
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("not within half a minute: " + Files.readString(log));
    }

    /** How many lines of its log are such. */
    long count(Predicate<String> line) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line).count();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
