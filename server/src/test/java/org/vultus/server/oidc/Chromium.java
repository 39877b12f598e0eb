package org.vultus.server.oidc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.vultus.server.People;

/** The system's Chromium, with a clip for a camera. {@code CHROMIUM} names another program. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));

    private final FakeCamera camera;
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(FakeCamera camera, Playwright playwright, boolean loopback) {
        this.camera = camera;
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(Stream.of(
                                        // Otherwise no WebRTC connection begins and ends on one machine.
                                        loopback ? "--allow-loopback-in-peer-connection" : "--no-first-run",
                                        // Chromium will not run as root otherwise, which build machines do.
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--use-fake-device-for-media-stream",
                                        "--use-fake-ui-for-media-stream",
                                        "--use-file-for-fake-video-capture=" + camera.clip(),
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync")
                                .toList()));
    }

    /** @param folder where the clip may lie */
    static Chromium start(Path folder) {
        return start(folder, true);
    }

    /** @param loopback whether live video reaches a server on this machine */
    static Chromium start(Path folder, boolean loopback) {
        assumeTrue(Files.isExecutable(PROGRAM), "there is no Chromium at " + PROGRAM + "; CHROMIUM names another");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")));
        return new Chromium(new FakeCamera(folder.resolve("camera.mjpeg")), playwright, loopback);
    }

    /** A fresh window without any history, before which somebody sits. */
    Visit visit(People before, int width, int height) {
        return visit(before.signIn(), width, height);
    }

    /** The same before a camera that sees these JPEG files, each for a second, again and again. */
    Visit visit(List<byte[]> scenes, int width, int height) {
        camera.show(scenes);
        return new Visit(browser.newContext(
                new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(width, height)));
    }

    /** From the next opening of a camera on it sees these. */
    void show(List<byte[]> scenes) {
        camera.show(scenes);
    }

    /** The same before a clip that answers a script. */
    Visit visit(List<byte[]> clip) {
        camera.play(clip);
        return new Visit(browser.newContext(
                new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 800)));
    }

    /** A window before which nobody sits: its sessions are not decided. */
    Visit empty() {
        BufferedImage wall = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(wall, "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return visit(List.of(jpeg.toByteArray()));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
