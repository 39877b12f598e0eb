package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vultus.server.start.GeneratedCertificate;
import org.vultus.testkit.Command;

/**
 * coturn with the configuration that docs/operations.md tells, on an address and ports of its own; what Debian's package starts, if
 * anything, is left alone.
 */
final class Turnserver implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/turnserver";

    private static final Path MANUAL = Path.of("../docs/operations.md");

    /** What the manual says by TLS, and by UDP and TCP. */
    private static final Pattern CONFIGURATION = Pattern.compile(
            "(?s)### A relay\\R.*?`/etc/turnserver.conf`:\\R\\R```\\R(.*?)```\\R.*?`turns:[^`].*?```\\R(.*?)```\\R");

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

    /** The certificate by which it is known, which nobody vouches for. */
    static Path certificate(Path folder) {
        return files(folder).certificate();
    }

    private static GeneratedCertificate.PemFiles files(Path folder) {
        return GeneratedCertificate.in(folder.resolve("turn-tls"), Clock.systemUTC());
    }

    /** Once it listens at that address, by UDP, TCP and TLS. */
    static Turnserver start(Path folder, String address, int port, int tlsPort, String secret) throws IOException {
        Path log = Files.createTempFile(folder, "turnserver", ".log");
        Map<String, String> here = Map.of(
                "listening-ip", address,
                "relay-ip", address,
                "listening-port", Integer.toString(port),
                "tls-listening-port", Integer.toString(tlsPort),
                "static-auth-secret", secret,
                "cert", files(folder).certificate().toString(),
                "pkey", files(folder).key().toString());
        Path configuration = Files.write(folder.resolve("turnserver.conf"), configuration(here));
        Process process = new ProcessBuilder(
                        PROGRAM,
                        "-c",
                        configuration.toString(),
                        "--userdb=" + folder.resolve("turndb"),
                        "--pidfile=" + folder.resolve("turnserver.pid"),
                        "--simple-log",
                        "--verbose",
                        "--log-file=stdout")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Turnserver server = new Turnserver(process, log);
        server.says(line -> line.contains("UDP listener opened on: " + address + ":" + port));
        // Of a line that it does not understand, or a file that it cannot read, it only says so, and goes on.
        assertThat(server.count(line -> line.matches(".*(Bad configuration|Wrong|cannot find|cannot start|ERROR).*")))
                .as(Files.readString(log))
                .isZero();
        return server;
    }

    /** The lines of the manual, with values of this machine in the place of the site's; of no other name. */
    private static List<String> configuration(Map<String, String> here) throws IOException {
        Matcher told = CONFIGURATION.matcher(Files.readString(MANUAL));
        assertThat(told.find()).as("a configuration in " + MANUAL).isTrue();
        List<String> lines = (told.group(1) + told.group(2)).lines().toList();
        assertThat(lines.stream().map(line -> line.split("=")[0])).containsAll(here.keySet());
        return lines.stream()
                .map(line -> {
                    String name = line.split("=")[0];
                    return here.containsKey(name) ? name + "=" + here.get(name) : line;
                })
                .toList();
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
