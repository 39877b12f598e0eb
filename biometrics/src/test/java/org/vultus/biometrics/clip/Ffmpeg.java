package org.vultus.biometrics.clip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clips of nobody, made by an encoder that shares no code with ours, and what its decoder makes of them. */
final class Ffmpeg {
    /** A pattern that moves, under noise, so that encoders use all that they have. */
    static final String PATTERN = "-f lavfi -i testsrc2=size=%s:rate=25:duration=%s,noise=alls=8:allf=t:all_seed=7";

    private Ffmpeg() {}

    static boolean present() {
        try {
            return new ProcessBuilder("ffmpeg", "-version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * @param how the encoder's arguments, separated by spaces
     * @param ending of the file, which decides the container
     */
    static byte[] clip(String size, String seconds, String how, String ending) {
        return made(PATTERN.formatted(size, seconds) + " -pix_fmt yuv420p " + how, ending);
    }

    /** A tone and no picture. */
    static byte[] sound() {
        return made("-f lavfi -i sine=duration=1 -c:a aac", "mp4");
    }

    private static byte[] made(String arguments, String ending) {
        assumeTrue(present(), "there is no ffmpeg");
        try {
            Path folder = Files.createTempDirectory("clip");
            Path file = folder.resolve("clip." + ending);
            run(arguments + " " + file);
            byte[] clip = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return clip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The planes of all pictures as ffmpeg decodes them, one after another. */
    static byte[] planes(byte[] clip) {
        try {
            Path folder = Files.createTempDirectory("clip");
            Path file = Files.write(folder.resolve("clip"), clip);
            Path planes = folder.resolve("planes.yuv");
            run("-noautorotate -i " + file + " -fps_mode passthrough -pix_fmt yuv420p -f rawvideo " + planes);
            byte[] decoded = Files.readAllBytes(planes);
            Files.delete(file);
            Files.delete(planes);
            Files.delete(folder);
            return decoded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(told);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
