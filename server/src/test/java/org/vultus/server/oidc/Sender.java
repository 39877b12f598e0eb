package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vultus.server.People;
import org.vultus.testkit.Command;

/** A program that sends live video and shares no code with browsers, and clips for it. */
record Sender(Path folder) {
    private static final String PYTHON = "/usr/bin/python3";

    /** The test is skipped where there is no Python with aiortc, or no ffmpeg. */
    static Sender start(Path folder) throws IOException {
        assumeTrue(Command.runs(PYTHON, "-c", "import aiortc"), "there is no Python with aiortc");
        assumeTrue(Command.runs("ffmpeg", "-version"), "there is no ffmpeg");
        try (InputStream in = Objects.requireNonNull(Sender.class.getResourceAsStream("/webrtc/sender.py"))) {
            Files.copy(in, folder.resolve("sender.py"));
        }
        return new Sender(folder);
    }

    /** Gives all that it says, and says each line at once. */
    List<String> send(Hospital hospital, Path clip, Consumer<String> heard, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                folder.resolve("sender.py").toString(),
                hospital.server().address.toString(),
                Hospital.DEPARTMENT,
                clip.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().peek(heard).toList();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** With a picture in every tenth that needs no other. */
    Path clip(People person, String codec, String filter) throws Exception {
        FakeCamera camera = new FakeCamera(Files.createTempFile(folder, "camera", ".mjpeg"));
        camera.show(person);
        boolean vp8 = codec.equals("VP8");
        Path clip = Files.createTempFile(folder, "clip", vp8 ? ".webm" : ".264");
        Process process = new ProcessBuilder(("ffmpeg -v error -y -f mjpeg -r 30 -i " + camera.clip()
                                + " -r 10 -an -pix_fmt yuv420p -vf scale=1280:-2" + filter + " -g 10 "
                                + (vp8
                                        ? "-c:v libvpx -b:v 2M -deadline realtime "
                                        : "-c:v libx264 -profile:v baseline -level 3.1 -tune zerolatency -b:v 2M "
                                                + "-x264-params repeat-headers=1 ")
                                + clip)
                        .split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return clip;
    }

    /** The sender has no socket on the loopback address, and answers that come from another than was asked confuse it. */
    static String address() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("127.0.0.1");
    }
}
