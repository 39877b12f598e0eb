package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Punches;
import org.vultus.server.RunningServer.Answer;

/**
 * Kiosks send 200 punches by face a minute, the database is killed once in the middle, and each kiosk sends what was not acknowledged
 * again. In every build for a few seconds; {@code PUNCH_MINUTES=10} runs it that long and reports.
 */
class PunchLoadTest {
    private static final Logger LOG = LoggerFactory.getLogger(PunchLoadTest.class);
    private static final int A_MINUTE = 200;
    /** A kiosk keeps what was not acknowledged for days; how long it took is reported. */
    private static final long PATIENCE_SECONDS = System.getenv("PUNCH_MINUTES") == null ? 120 : 900;

    private static final People ANA = People.of(3, 2);

    @TempDir
    Path data;

    private final AtomicInteger again = new AtomicInteger();
    private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());

    @Test
    void noPunchIsLostWhenTheDatabaseDies() throws Exception {
        String minutes = System.getenv("PUNCH_MINUTES");
        int count = minutes == null ? 40 : A_MINUTE * Integer.parseInt(minutes);
        try (RunningServer server = RunningServer.start(data, "--vultus.sign-in.requests-per-minute=1000000")) {
            String kiosk = kiosk(server);
            List<byte[]> frames = ANA.signIn();
            Instant queued = Instant.now().minus(Duration.ofDays(30));
            Set<UUID> sent = new HashSet<>();
            long begin = System.nanoTime();
            List<Future<Answer>> answers = new ArrayList<>();
            try (ExecutorService kiosks = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < count; i++) {
                    UUID event = UUID.randomUUID();
                    sent.add(event);
                    // Each a quarter of an hour after the last, so that all of them count.
                    Map<String, Object> body = Map.of(
                            "frames",
                            frames,
                            "event_id",
                            event,
                            "captured_at",
                            queued.plus(Duration.ofMinutes(15L * (i % 2_800)))
                                    .plusSeconds(i / 2_800)
                                    .toString());
                    long due = begin + TimeUnit.MINUTES.toNanos(1) * i / A_MINUTE;
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                    answers.add(kiosks.submit(() -> untilAcknowledged(server, kiosk, body)));
                    if (i == count / 2) {
                        killDatabase();
                    }
                }
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).as("%s", answer.get().body()).isEqualTo(200);
            }
            List<Punch> kept = server.context.getBean(Punches.class).numbered("main", 1, count + 1);
            assertThat(kept).extracting(Punch::eventId).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(kept.getLast().nsr()).isEqualTo(count);
            Collections.sort(waits);
            LOG.info(
                    "{} punches in {} s, {} sent again, acknowledged in ms: p50 {}, p95 {}, longest {}",
                    count,
                    (System.nanoTime() - begin) / 1_000_000_000,
                    again.get(),
                    waits.get(waits.size() / 2),
                    waits.get(waits.size() * 95 / 100),
                    waits.getLast());
        }
    }

    private Answer untilAcknowledged(RunningServer server, String kiosk, Map<String, Object> body)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                Answer answer = server.post("/recognize", kiosk, body);
                if (answer.status() < 500) {
                    waits.add((System.nanoTime() - begin) / 1_000_000);
                    return answer;
                }
            } catch (UncheckedIOException e) {
                LOG.debug("the connection broke", e);
            }
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("not acknowledged in time");
            }
            again.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private void killDatabase() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static String kiosk(RunningServer server) {
        String admin = server.administrator();
        server.post("/api/departments", admin, Map.of("code", "icu", "name", "ICU", "identification", true));
        String id = server.post(
                        "/api/subjects", admin, Map.of("username", "ana", "display_name", "Ana", "department", "icu"))
                .text("id");
        server.post(
                "/api/subjects/" + id + "/legal-basis", admin, Map.of("basis", "CONSENT", "notice_version", "2026-11"));
        assertThat(server.post("/face-auth/enroll", admin, Map.of("user_id", id, "face_images", ANA.enrolment()))
                        .status())
                .isEqualTo(201);
        return server.post(
                        "/api/kiosks",
                        admin,
                        Map.of("name", "door", "zone", "America/Sao_Paulo", "departments", List.of("icu")))
                .text("credential");
    }
}
