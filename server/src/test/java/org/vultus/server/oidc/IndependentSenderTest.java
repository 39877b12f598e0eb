package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;

/**
 * A sender that shares no code with browsers reaches the server, which shows that it speaks the standard. Needs Python with aiortc
 * (Debian: python3-aiortc) and ffmpeg. With {@code -Dvultus.webrtc.sessions=200} it measures as
 * {@code docs/results/webrtc.md} tells, {@code -Dvultus.webrtc.at-once=20} of them at a time.
 */
class IndependentSenderTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int SESSIONS = Integer.getInteger("vultus.webrtc.sessions", 2);
    private static final int AT_ONCE = Integer.getInteger("vultus.webrtc.at-once", 1);

    @TempDir
    static Path data;

    private static Hospital hospital;
    private static Path script;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(runs(PYTHON, "-c", "import aiortc"), "there is no Python with aiortc");
        assumeTrue(runs("ffmpeg", "-version"), "there is no ffmpeg");
        script = data.resolve("sender.py");
        try (InputStream in =
                Objects.requireNonNull(IndependentSenderTest.class.getResourceAsStream("/webrtc/sender.py"))) {
            Files.copy(in, script);
        }
        hospital = new Hospital(
                data.resolve("vultus"),
                "--vultus.sign-in.requests-per-minute=100000",
                "--vultus.webrtc.enabled=true",
                "--vultus.webrtc.address=" + address());
        hospital.enrol(hospital.person("ana"), "ana", People.of(3, 2));
    }

    @AfterAll
    static void stop() {
        if (hospital != null) {
            hospital.close();
        }
    }

    @Test
    void somebodyEnrolledSignsInAndAStrangerDoesNot() throws Exception {
        List<String> accepted = send(clip(People.of(3, 2)), SESSIONS, AT_ONCE);
        assertThat(accepted).hasSize(SESSIONS).allMatch(line -> line.startsWith("accepted "));
        assertThat(send(clip(People.of(5, 5)), 1, 1)).singleElement().asString().startsWith("NOT_RECOGNISED ");
    }

    private static List<String> send(Path clip, int sessions, int atOnce) throws Exception {
        Process process = new ProcessBuilder(
                        PYTHON,
                        script.toString(),
                        hospital.server().address.toString(),
                        Hospital.DEPARTMENT,
                        clip.toString(),
                        Integer.toString(sessions),
                        Integer.toString(atOnce))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines()
                    .peek(line -> {
                        if (SESSIONS > 10) {
                            System.out.println(line + resources());
                        }
                    })
                    .toList();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** VP8, with a picture in every tenth that needs no other. */
    private static Path clip(People person) throws Exception {
        FakeCamera camera = new FakeCamera(Files.createTempFile(data, "camera", ".mjpeg"));
        camera.show(person);
        Path clip = Files.createTempFile(data, "clip", ".webm");
        Process process = new ProcessBuilder(("ffmpeg -v error -y -f mjpeg -r 30 -i " + camera.clip()
                                + " -r 10 -an -c:v libvpx -b:v 2M -g 10 -deadline realtime " + clip)
                        .split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return clip;
    }

    /** The sender has no socket on the loopback address, and answers that come from another than was asked confuse it. */
    private static String address() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("127.0.0.1");
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Threads, open files and resident memory of this process, the server's. */
    private static String resources() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            String status = Files.readString(Path.of("/proc/self/status"));
            String[] wanted = Arrays.stream(status.split("\n"))
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .toArray(String[]::new);
            return " files " + files.count() + ' ' + String.join(" ", wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
