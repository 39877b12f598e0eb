package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.inference.InferencePool;
import org.vultus.server.socket.FaceSessions;
import org.vultus.server.start.Rehearsal;

/**
 * A sender that shares no code with browsers reaches the server, which shows that it speaks the standard. Needs Python with aiortc
 * (Debian: python3-aiortc) and ffmpeg. With {@code -Dvultus.webrtc.sessions=200} it measures as
 * {@code docs/results/webrtc.md} tells, {@code -Dvultus.webrtc.at-once=20} of them at a time.
 */
class IndependentSenderTest {
    private static final int SESSIONS = Integer.getInteger("vultus.webrtc.sessions", 2);
    private static final String LOSSY = System.getProperty("vultus.webrtc.lossy", "3");
    private static final People ANA = People.of(3, 2);

    /** So many sessions and more are measured. */
    private static final int MEASURED = 50;

    /**
     * What a session may leave behind in resident memory, of code that is compiled and the like. Before pictures were given back it
     * was 9 MB. Not met yet: between steps of 20 to 30 MB, whose cause was not found, it is 50 KB (docs/results/webrtc.md).
     */
    private static final long KILOBYTES_A_SESSION = 130;

    private static final Duration LIFE_OF_A_SESSION = Duration.ofSeconds(60);

    private static final int AT_ONCE = Integer.getInteger("vultus.webrtc.at-once", 1);

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    private static Sender sender;

    /** Gives the server a clock that can be put forward. */
    static final class Later {
        private static volatile Duration by = Duration.ZERO;

        @Bean
        Clock clock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return Clock.systemUTC().instant().plus(by);
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return Clock.offset(Clock.system(zone), by);
                }
            };
        }
    }

    @BeforeAll
    static void start() throws IOException {
        sender = Sender.start(data);
        hospital = new Hospital(RunningServer.start(
                data.resolve("vultus"),
                Later.class,
                "--spring.main.allow-bean-definition-overriding=true",
                "--vultus.sign-in.requests-per-minute=100000",
                "--vultus.webrtc.enabled=true",
                "--vultus.webrtc.maximum-connections=100",
                "--vultus.webrtc.address=" + Sender.address()));
        hospital.enrol(hospital.person("ana"), "ana", ANA);
        if (AT_ONCE > 1) {
            rehearse();
        }
    }

    /** As {@code ./vultus serve} does after its start. */
    private static void rehearse() {
        ApplicationContext context = context();
        new Rehearsal(context.getBean(FaceEngine.class), context.getBean(InferencePool.class)).play();
    }

    @Test
    void somebodyEnrolledSignsInAndAStrangerDoesNot() throws Exception {
        List<Resources> resources = new ArrayList<>();
        List<String> accepted = send(
                clip(ANA, "VP8", ""),
                () -> resources.add(Resources.now()),
                "--sessions",
                "" + SESSIONS,
                "--at-once",
                "" + AT_ONCE);
        assertThat(accepted).hasSize(SESSIONS).allMatch(line -> line.startsWith("accepted "));
        assertThat(sent(clip(People.of(5, 5), "VP8", ""))).startsWith("NOT_RECOGNISED ");
        if (SESSIONS >= MEASURED && AT_ONCE == 1) {
            // The pools and the code that is compiled grow at first.
            Resources settled = resources.get(SESSIONS / 4);
            Resources last = resources.getLast();
            assertThat(last.threads()).isLessThanOrEqualTo(settled.threads() + 5);
            assertThat(last.files()).isLessThanOrEqualTo(settled.files() + 5);
            assertThat(last.sockets()).isLessThanOrEqualTo(settled.sockets() + 5);
            assertThat(last.memoryKb() - settled.memoryKb())
                    .isLessThanOrEqualTo((SESSIONS - SESSIONS / 4) * KILOBYTES_A_SESSION);
        }
    }

    @Test
    void packetsThatAreLostAndComeInAnotherOrderDoNotMatter() throws Exception {
        List<String> lines =
                send(clip(ANA, "VP8", ""), () -> {}, "--sessions", LOSSY, "--loss", "0.05", "--late", "0.2");
        assertThat(lines.stream().filter(line -> line.startsWith("accepted ")))
                .as("%s", lines)
                .hasSize(Integer.parseInt(LOSSY));
        for (String network :
                lines.stream().filter(line -> line.startsWith("network ")).toList()) {
            String[] counts = network.split(" ");
            assertThat(Integer.parseInt(counts[1])).as(network).isPositive();
            assertThat(Integer.parseInt(counts[2])).as(network).isPositive();
        }
    }

    @Test
    void whoseAddressChangesMeanwhileSignsIn() throws Exception {
        assertThat(sent(clip(ANA, "VP8", ""), "--act", "move")).startsWith("accepted ");
    }

    @Test
    void h264IsTaken() throws Exception {
        assertThat(sent(clip(ANA, "H264", ""), "--codec", "H264")).startsWith("accepted ");
    }

    @Test
    void aPictureThatLiesOnItsSideIsTurnedAsTheSenderSays() throws Exception {
        assertThat(sent(clip(ANA, "VP8", ",transpose=cclock"), "--turn", "90")).startsWith("accepted ");
    }

    /** Every other picture is sent 70 ms late; nobody is recognised in the dark, so the session lasts as long as the camera runs. */
    @Test
    void howUnevenlyPicturesComeIsMeasured() throws Exception {
        Timer jitter = meters().timer("vultus.webrtc.jitter");
        long count = jitter.count();
        double total = jitter.totalTime(TimeUnit.MILLISECONDS);
        assertThat(sent(clip(ANA, "VP8", ",eq=brightness=-0.9"), "--hold", "70", "--act", "lock-after-30"))
                .startsWith("EXPIRED ");
        assertThat((jitter.totalTime(TimeUnit.MILLISECONDS) - total) / (jitter.count() - count))
                .isGreaterThan(2);
    }

    @Test
    void whoGoesWithoutAWordIsForgotten() throws Exception {
        assertThat(sent(clip(ANA, "VP8", ""), "--act", "leave")).isEqualTo("left");
        nobodyIsConnected();
    }

    @Test
    void aCameraThatGivesNoPicturesAnyMoreEndsTheSession() throws Exception {
        assertThat(sent(clip(ANA, "VP8", ""), "--act", "lock")).startsWith("EXPIRED ");
        nobodyIsConnected();
    }

    @Test
    void whoNeverSendsAPacketIsForgotten() throws Exception {
        assertThat(sent(clip(ANA, "VP8", ""), "--act", "silent")).isEqualTo("silent");
        nobodyIsConnected();
    }

    /** Nobody is recognised in the dark, and pictures come all the time, after the decision too. */
    @Test
    void whoSendsOnAndOnIsEndedWhenTheTimeIsUp() throws Exception {
        double seen = received();
        List<String> lines =
                send(clip(ANA, "VP8", ",eq=brightness=-0.9"), () -> Later.by = LIFE_OF_A_SESSION, "--act", "stay");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("seen");
        assertThat(lines.get(1)).startsWith("EXPIRED ");
        assertThat(lines.get(2)).startsWith("left alone after ");
        assertThat(Integer.parseInt(lines.get(2).split(" ")[3]))
                .as("pictures sent after it was over")
                .isPositive();
        assertThat(received()).isGreaterThan(seen + 5);
        nobodyIsConnected();
        assertThat(context().getBean(FaceSessions.class).size()).isZero();
    }

    private static double received() {
        return meters().counter("vultus.webrtc.frames", "fate", "received").count();
    }

    /** All threads look at frames of others, and two more wait, until this one was told so on its data channel. */
    @Test
    void whoHasToWaitIsToldTheirPlace() throws Exception {
        InferencePool pool = context().getBean(InferencePool.class);
        CountDownLatch told = new CountDownLatch(1);
        List<InferencePool.Lane> others = new ArrayList<>();
        try {
            for (int i = 0; i < pool.threads() + 2; i++) {
                InferencePool.Lane other = pool.lane(frame -> {
                    try {
                        return !told.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                others.add(other);
                other.offer(new CapturedSample(new byte[1]));
            }
            List<String> lines = send(clip(ANA, "VP8", ""), told::countDown, "--act", "wait");
            assertThat(lines.getFirst()).isEqualTo("place 3");
            assertThat(lines.getLast()).startsWith("accepted ");
        } finally {
            told.countDown();
            others.forEach(InferencePool.Lane::close);
        }
    }

    @Test
    void howVideosComeInIsMeasured() throws Exception {
        DistributionSummary bitrate = meters().get("vultus.webrtc.bitrate").summary();
        Timer jitter = meters().get("vultus.webrtc.jitter").timer();
        Timer first = meters().timer("vultus.webrtc.first.frame");
        Counter received =
                meters().get("vultus.webrtc.packets").tag("fate", "received").counter();
        long bitrates = bitrate.count();
        long firsts = first.count();
        double packets = received.count();
        assertThat(sent(clip(ANA, "VP8", ""))).startsWith("accepted ");
        nobodyIsConnected();
        assertThat(first.count()).isEqualTo(firsts + 1);
        assertThat(bitrate.count()).isGreaterThan(bitrates);
        assertThat(bitrate.max()).isBetween(10_000.0, 50_000_000.0);
        assertThat(jitter.count()).isEqualTo(bitrate.count());
        assertThat(received.count()).isGreaterThan(packets + 10);
    }

    private static void nobodyIsConnected() throws InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            if (hospital.server()
                            .get("/face-auth/health", "")
                            .body()
                            .path("video")
                            .path("connections")
                            .asInt()
                    == 0) {
                return;
            }
            Thread.sleep(100);
        }
        fail("a connection stays");
    }

    private static ApplicationContext context() {
        return Objects.requireNonNull(hospital.server().context);
    }

    private static MeterRegistry meters() {
        return context().getBean(MeterRegistry.class);
    }

    /** What one session says. */
    private static String sent(Path clip, String... options) throws Exception {
        return send(clip, () -> {}, options).getFirst();
    }

    private static List<String> send(Path clip, Runnable after, String... options) throws Exception {
        return sender.send(
                hospital,
                clip,
                line -> {
                    after.run();
                    if (SESSIONS > 10) {
                        System.out.println(line + ' ' + Resources.now());
                    }
                },
                options);
    }

    private static Path clip(People person, String codec, String filter) throws Exception {
        return sender.clip(person, codec, filter);
    }

    /** Of this process, the server's. */
    private record Resources(long files, long sockets, long threads, long memoryKb) {
        static Resources now() {
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
                List<String> targets = files.map(Resources::target).toList();
                String status = Files.readString(Path.of("/proc/self/status"));
                return new Resources(
                        targets.size(),
                        targets.stream()
                                .filter(target -> target.startsWith("socket:"))
                                .count(),
                        number(status, "Threads:"),
                        number(status, "VmRSS:"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String target(Path file) {
            try {
                return Files.readSymbolicLink(file).toString();
            } catch (IOException e) {
                return "closed meanwhile";
            }
        }

        private static long number(String status, String name) {
            return Arrays.stream(status.split("\n"))
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
