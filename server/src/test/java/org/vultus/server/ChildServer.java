package org.vultus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vultus.server.command.Main;

/** A server in a process of its own, as {@code ./vultus serve} starts it, for tests that end it or that it refuses to start. */
final class ChildServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern PASSWORD = Pattern.compile("with the password +(\\S+)");

    final Process process;
    private final Path output;

    private ChildServer(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ChildServer start(Path data, String... further) {
        return start(List.of(), List.of(), data, further);
    }

    /** One that will not get as far as a face, of which the quick compiler is enough. */
    static ChildServer brief(Path data, String... further) {
        return start(List.of(), List.of("-XX:TieredStopAtLevel=1"), data, further);
    }

    /** @param launcher the command that runs it, with its arguments */
    static ChildServer start(List<String> launcher, Path data, String... further) {
        return start(launcher, List.of(), data, further);
    }

    private static ChildServer start(List<String> launcher, List<String> options, Path data, String... further) {
        List<String> command = new ArrayList<>(launcher);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx512m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                Main.class.getName(),
                "serve",
                "--vultus.data=" + data));
        List<String> given = List.of(further);
        if (given.stream().noneMatch(argument -> argument.startsWith("--server.port="))) {
            command.add("--server.port=0");
        }
        if (given.stream().noneMatch(argument -> argument.startsWith("--vultus.web.local-port="))) {
            command.add("--vultus.web.local-port=-1");
        }
        command.addAll(given);
        try {
            Path output = Files.createTempFile("vultus-child", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // In the environment, where a launcher can put something before it.
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            return new ChildServer(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready. */
    ChildServer ready() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        // The last of the lines that it prints then: the others are there too.
        while (!output().contains("  /privacy   ")) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("it ended with " + process.exitValue() + ":\n" + output());
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not get ready:\n" + output());
            }
        }
        return this;
    }

    /** Waits until it has ended, and returns its exit code. */
    int exitCode() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** What it says to the person who started it, without the JVM's word on incubating modules. */
    List<String> told() {
        return output().lines().filter(line -> line.startsWith("vultus: ")).toList();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String oneTimePassword() {
        Matcher matcher = PASSWORD.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no password in\n" + output());
        }
        return matcher.group(1);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Files.delete(output);
    }
}
