package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import tools.jackson.databind.JsonNode;

/** The networks in the browser: they see what the server sees, nothing of no use is sent, and without them all goes as before. */
class OnDeviceTest {
    private static final Path ASSETS = Path.of("../web/target/classes/static/assets");
    private static final People ANA = People.of(3, 2);

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(data.resolve("server"));
        hospital.enrol(hospital.person("ana"), "ana", ANA);
    }

    /** The worker's own script on the pixels of the demo photos, against the engine on the same pixels. */
    @Test
    void theBrowserSeesTheFacesThatTheServerSees() {
        try (Visit visit = chromium.visit(ANA, 800, 600);
                FaceModels models = FaceModels.open(ModelPack.bundled())) {
            Page page = visit.page();
            page.navigate(hospital.server().address + "/sign-in");
            page.evaluate(OPEN_WORKER, Map.of("worker", asset("worker-", ".js"), "runtime", asset("ort-wasm", ".gz")));
            int faces = 0;
            for (int number = 1; number <= DemoPhotos.COUNT; number++) {
                RgbImage photo = DemoPhotos.pixels(number);
                // The worker itself scales to no more than this.
                int width = 640;
                int height = Math.round(640f * photo.height() / photo.width());
                RgbImage image = Resampling.crop(photo, Region.of(photo), width, height);
                List<DetectedFace> expected = models.ports().detector().detect(image);
                JsonNode reading = RunningServer.JSON.readTree(
                        (String) page.evaluate(LOOK, Base64.getEncoder().encodeToString(png(image))));
                JsonNode found = reading.path("faces");
                assertThat(found.size()).as("photo %d", number).isEqualTo(expected.size());
                for (int i = 0; i < expected.size(); i++) {
                    Region box = expected.get(i).box();
                    JsonNode there = found.path(i).path("box");
                    assertThat(there.path("x").asDouble()).isCloseTo(box.x(), within(0.05));
                    assertThat(there.path("y").asDouble()).isCloseTo(box.y(), within(0.05));
                    assertThat(there.path("width").asDouble()).isCloseTo(box.width(), within(0.05));
                    assertThat(there.path("height").asDouble()).isCloseTo(box.height(), within(0.05));
                    assertThat(found.path(i).path("confidence").asDouble())
                            .isCloseTo(expected.get(i).confidence(), within(0.001));
                    faces++;
                }
                DetectedFace largest = expected.stream()
                        .max((a, b) -> Double.compare(a.area(), b.area()))
                        .orElseThrow();
                Landmarks points = models.ports().landmarks().locate(image, largest);
                for (int i = 0; i < Landmarks.COUNT; i++) {
                    JsonNode point = reading.path("points").path(i);
                    assertThat(point.path("x").asDouble())
                            .isCloseTo(points.point(i).x(), within(0.1));
                    assertThat(point.path("y").asDouble())
                            .isCloseTo(points.point(i).y(), within(0.1));
                }
            }
            assertThat(faces).isGreaterThan(20);
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    @Test
    void whileThePictureIsOfNoUseNothingIsSent() {
        saysAndSendsNothing("Look at the camera", ANA.emptyRoom());
        saysAndSendsNothing("Find more light", ANA.caught(Capture.WEBCAM.withGain(0.02)));
        saysAndSendsNothing("Only one person in the picture", DemoPhotos.bytes(5));
        saysAndSendsNothing("Move back a little", ANA.caught(Capture.WEBCAM.withFaceHeight(0.93)));
    }

    private static void saysAndSendsNothing(String advice, byte[] scene) {
        try (Visit visit = chromium.visit(List.of(scene), 390, 844)) {
            List<String> sent = sessionsOf(visit.page());
            openCamera(visit);
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 20 && !said.contains(advice); i++) {
                visit.page().waitForTimeout(250);
                said.add(visit.page().getByRole(AriaRole.STATUS).first().textContent());
            }
            assertThat(said).contains(advice);
            assertThat(sent).as(advice).isEmpty();
        }
    }

    @Test
    void whoeverComesIntoThePictureIsSignedIn() {
        byte[] room = ANA.emptyRoom();
        List<byte[]> scenes = new ArrayList<>(List.of(room, room));
        Stream.generate(ANA::signIn).limit(2).forEach(scenes::addAll);
        try (Visit visit = chromium.visit(scenes, 1280, 800)) {
            List<String> sent = sessionsOf(visit.page());
            openCamera(visit);
            visit.page().getByText("Look at the camera").waitFor();
            visit.page().getByText("Signed in as Person ana").waitFor();
            assertThat(sent).isNotEmpty();
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    /** An old phone: no worker, no WebAssembly, or a site whose pack gives browsers nothing. */
    @Test
    void withoutTheNetworksTheServersAdviceServes() {
        for (String missing :
                List.of("delete window.Worker", "delete window.WebAssembly", "delete window.DecompressionStream", "")) {
            try (Visit visit = chromium.visit(ANA, 1280, 800)) {
                visit.page().addInitScript(missing);
                if (missing.isEmpty()) {
                    visit.page()
                            .route(
                                    "**/models/on-device",
                                    route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
                }
                openCamera(visit);
                visit.page().getByText("Signed in as Person ana").waitFor();
                assertThat(visit.errorsOf(hospital.server().address))
                        .as(missing)
                        .isEmpty();
            }
        }
    }

    /** What is large is loaded once, and what a browser may run is nothing but what the server gives it. */
    @Test
    void theFilesAreKeptForAsLongAsTheyAreTheSame() throws Exception {
        JsonNode described = hospital.server().get("/models/on-device", "").body();
        assertThat(described.path("licence").asString()).startsWith("MIT");
        for (String path : List.of(
                described.path("detector").path("file").asString(),
                described.path("landmarks").path("file").asString(),
                asset("ort-wasm", ".gz"),
                asset("worker-", ".js"))) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .contains("immutable")
                    .contains("max-age=31536000");
        }
        HttpResponse<byte[]> script = get(asset("worker-", ".js"));
        assertThat(script.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        assertThat(script.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self' 'wasm-unsafe-eval';")
                .doesNotContain("unsafe-inline")
                .doesNotContain("'unsafe-eval'");
        // The extractor and the others are not for browsers.
        assertThat(get("/models/" + ModelPack.bundled().extractor().sha256() + ".onnx")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/models/x.onnx").statusCode()).isEqualTo(404);
    }

    /** Connections by which pictures could go to the server. */
    private static List<String> sessionsOf(Page page) {
        List<String> sent = new ArrayList<>();
        page.onWebSocket(socket -> sent.add(socket.url()));
        page.onRequest(request -> {
            if (Pattern.matches(".*/face-auth/sessions.*", request.url())) {
                sent.add(request.url());
            }
        });
        return sent;
    }

    private static void openCamera(Visit visit) {
        Page page = visit.page();
        page.navigate(hospital.server().address + "/sign-in");
        page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
        // The networks load while people read.
        page.waitForTimeout(2_500);
        visit.click("Open the camera");
    }

    private static String asset(String beginning, String end) {
        try (Stream<Path> files = Files.list(ASSETS)) {
            return "/assets/"
                    + files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(beginning) && name.endsWith(end))
                            .filter(name -> end.equals(".gz") == name.endsWith(".gz"))
                            .findFirst()
                            .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(RgbImage image) {
        BufferedImage pixels = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                pixels.setRGB(x, y, image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(pixels, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(hospital.server().address.resolve(path))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static final String OPEN_WORKER = """
            async ({ worker, runtime }) => {
              const models = await (await fetch('/models/on-device')).json();
              window.device = new Worker(worker, { type: 'module' });
              const told = await new Promise((resolve) => {
                device.onmessage = (event) => resolve(event.data);
                device.onerror = () => resolve({ type: 'failed', why: 'script' });
                device.postMessage({ type: 'start', runtime, models });
              });
              if (told.type !== 'ready') throw new Error(JSON.stringify(told));
            }""";

    private static final String LOOK = """
            async (png) => {
              const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
              const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
              const told = await new Promise((resolve) => {
                device.onmessage = (event) => resolve(event.data);
                device.postMessage({ type: 'look', id: 1, picture }, [picture]);
              });
              if (told.type !== 'seen') throw new Error(JSON.stringify(told));
              return JSON.stringify(told.reading);
            }""";
}
