package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.servlet.MultipartConfigElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.server.RunningServer.Answer;
import org.vultus.server.oidc.Hospital;
import org.vultus.testkit.Command;
import tools.jackson.databind.JsonNode;

/** Punching with a clip of a real face that blinks, as phones and browsers record it, over real HTTP. */
class ClipTest {
    @TempDir
    static Path data;

    @TempDir
    static Path clips;

    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);

    /** A second and a half of ten a second, in which she blinks. */
    private static final int FRAMES = 16;

    @AutoClose
    private static Hospital hospital;

    private static RunningServer server;
    private static String admin = "";
    private static String kiosk = "";

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Command.runs("ffmpeg", "-version"), "there is no ffmpeg");
        hospital = new Hospital(
                data, "--vultus.attendance.zone=America/Sao_Paulo", "--vultus.attendance.repeat-interval=0s");
        server = hospital.server();
        admin = hospital.admin();
        hospital.enrol(hospital.person("ana"), "ana", ANA);
        kiosk = hospital.kiosk("door", ZoneId.of("America/Sao_Paulo"));
        frames("ana", ANA);
        frames("stranger", STRANGER);
    }

    private static void frames(String name, People who) throws IOException {
        List<byte[]> frames = who.acting(2, 11);
        for (int i = 0; i < FRAMES; i++) {
            Files.write(clips.resolve("%s-%02d.jpg".formatted(name, i)), frames.get(i));
        }
    }

    private static byte[] clip(String who, String how, String ending) throws Exception {
        Path file = clips.resolve(UUID.randomUUID() + "." + ending);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-framerate", "10", "-i"));
        command.add(clips.resolve(who + "-%02d.jpg").toString());
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        assertThat(Command.runs(command.toArray(String[]::new))).as(how).isTrue();
        return Files.readAllBytes(file);
    }

    private static Answer punch(byte[] clip, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("clip", clip);
        return server.post("/recognize", kiosk, body);
    }

    private static HttpResponse<String> form(byte[] clip) throws Exception {
        String boundary = "----" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"clip\"; filename=\"../../clip.mp4\"\r\n"
                        + "Content-Type: video/mp4\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(clip);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(server.address.resolve("/recognize"))
                .header("Authorization", "Bearer " + kiosk)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return server.http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -pix_fmt yuv420p -c:v libx264 -profile:v high -bf 2                               | mp4
            -pix_fmt yuv420p -c:v libx264 -movflags frag_keyframe+empty_moov -g 5             | mp4
            -pix_fmt yuv420p -c:v libvpx -deadline realtime -b:v 2M                           | webm
            -pix_fmt yuvj420p -c:v mjpeg -q:v 2                                               | mov
            """)
    void aClipOfALivingFaceIsAPunch(String how, String ending) throws Exception {
        Answer answer = punch(clip("ana", how, ending), Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.text("name")).isEqualTo("Person ana");
        assertThat(answer.text("method")).isEqualTo("FACE");
    }

    /** A phone that is held upright records a picture that lies on its side, and says so. */
    @Test
    void aRotatedClipIsTurned() throws Exception {
        byte[] lying = clip("ana", "-vf transpose=2 -pix_fmt yuv420p -c:v libx264", "mov");
        assertThat(punch(lying, Map.of()).status()).isNotEqualTo(200);
        int matrix = new String(lying, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 44;
        ByteBuffer.wrap(lying)
                .putInt(matrix, 0)
                .putInt(matrix + 4, 1 << 16)
                .putInt(matrix + 12, -1 << 16)
                .putInt(matrix + 16, 0);
        Answer answer = punch(lying, Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    @Test
    void theBlinkIsInTheAuditTrail() throws Exception {
        assertThat(punch(clip("ana", "-pix_fmt yuv420p -c:v libx264", "mp4"), Map.of())
                        .status())
                .isEqualTo(200);
        JsonNode events = server.get("/api/audit?limit=100", admin).body();
        assertThat(events.toString()).contains("\"blinks\":\"1\"");
    }

    @Test
    void anEventIsKeptOnce() throws Exception {
        byte[] clip = clip("ana", "-pix_fmt yuv420p -c:v libx264", "mp4");
        Map<String, Object> event =
                Map.of("event_id", UUID.randomUUID(), "captured_at", "2026-11-16T09:10:00", "direction", "IN");
        Answer first = punch(clip, event);
        assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
        assertThat(first.text("status")).isEqualTo("ON_TIME");
        assertThat(first.body().path("repeated").asBoolean()).isFalse();
        Answer again = punch(clip, event);
        assertThat(again.body().path("repeated").asBoolean()).isTrue();
        assertThat(again.text("event_id")).isEqualTo(first.text("event_id"));
    }

    @Test
    void aFormTakesAClipAndNothingIsWritten() throws Exception {
        HttpResponse<String> response = form(clip("ana", "-pix_fmt yuv420p -c:v libx264", "mp4"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"name\":\"Person ana\"");
        // A request has 10 MB at most, and parts go to a disk beyond this.
        assertThat(server.context.getBean(MultipartConfigElement.class).getFileSizeThreshold())
                .isGreaterThanOrEqualTo(10_000_000);
        assertThat(form(new byte[10_000_001]).statusCode()).isEqualTo(413);
    }

    @Test
    void aStrangerIsRefused() throws Exception {
        Answer answer = punch(clip("stranger", "-pix_fmt yuv420p -c:v libx264", "mp4"), Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(401);
        assertThat(answer.text("type")).isEqualTo("/problems/not-recognised");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -pix_fmt yuv420p -c:v libx265 -x265-params log-level=none | mp4  | UNSUPPORTED | HEVC
            -pix_fmt yuv420p -c:v libvpx-vp9 -cpu-used 8              | webm | UNSUPPORTED | VP9
            -pix_fmt yuv420p -c:v libx264 -frames:v 1                 | mp4  | TOO_FEW_PICTURES | 1 pictures
            """)
    void aClipThatCannotBeUsedSaysWhatToDo(String how, String ending, String reason, String detail) throws Exception {
        Answer answer = punch(clip("ana", how, ending), Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("/problems/clip-refused");
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.text("detail")).contains("single frames").contains(detail);
    }

    @Test
    void framesOrAClip() throws Exception {
        byte[] clip = clip("ana", "-pix_fmt yuv420p -c:v libx264", "mp4");
        Answer both = punch(clip, Map.of("frames", ANA.signIn()));
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.text("detail")).contains("not both");
        Answer none = server.post("/recognize", kiosk, Map.of());
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.text("detail")).contains("or a clip");
        assertThat(punch(new byte[0], Map.of()).text("reason")).isEqualTo("EMPTY");
        assertThat(form(Arrays.copyOf(clip, clip.length / 2)).body()).contains("CORRUPT");
    }

    @Test
    void theDescriptionHasAnExample() {
        JsonNode api = server.get("/v3/api-docs", admin).body();
        JsonNode operation = api.path("paths").path("/recognize").path("post");
        assertThat(operation.path("description").asString()).contains("clip-refused");
        JsonNode form = operation.path("requestBody").path("content").path("multipart/form-data");
        assertThat(form.path("schema").path("properties").toString()).contains("\"frames\"", "\"clip\"");
        assertThat(api.path("components").path("schemas").path("FramesJson").toString())
                .contains("AAAAIGZ0eXBpc29t");
    }
}
