package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.vultus.access.audit.Actor;
import org.vultus.access.presence.BadgeRecognition;
import org.vultus.access.presence.Device;
import org.vultus.access.presence.FaceRecognition;
import org.vultus.access.presence.PinRecognition;
import org.vultus.access.presence.Present;
import org.vultus.access.presence.Recognition;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.attendance.clock.TimeClock;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.punch.Direction;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.AdviceJson;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/**
 * Punching. Frames are wiped when the answer is known and are never written anywhere; a small picture of one is kept where department
 * and person allow it.
 */
@RestController
@Tag(name = "Attendance at the kiosk")
final class RecognizeController {
    private static final int PATIENCE_SECONDS = 15;
    private static final int MINIMUM_FRAMES = 3;

    private final FaceRecognition faces;
    private final PinRecognition pins;
    private final BadgeRecognition badges;
    private final TimeClock clock;
    private final Departments departments;
    private final Clock time;
    /** Those who are looked at side by side; others wait. */
    private final Semaphore turns;

    RecognizeController(
            FaceRecognition faces,
            PinRecognition pins,
            BadgeRecognition badges,
            TimeClock clock,
            Departments departments,
            Clock time,
            VultusProperties properties) {
        this.faces = faces;
        this.pins = pins;
        this.badges = badges;
        this.clock = clock;
        this.departments = departments;
        this.time = time;
        this.turns = new Semaphore(properties.inference().threadsOrCores(), true);
    }

    /**
     * @param frames at least 3 consecutive ones, base64 of JPEG, PNG or WebP
     * @param eventId of the event; the same again gives the same answer
     * @param capturedAt when it was taken, for events from a queue; with an offset, or on the kiosk's clock
     * @param direction IN or OUT; they alternate when absent
     */
    record FramesJson(
            List<byte[]> frames,
            @Nullable UUID eventId,
            @Nullable String capturedAt,
            @Nullable Direction direction) {}

    record PinJson(
            String username,
            String pin,
            @Nullable UUID eventId,
            @Nullable String capturedAt,
            @Nullable Direction direction) {}

    /** @param badge what its reader typed */
    record BadgeJson(
            String badge,
            @Nullable UUID eventId,
            @Nullable String capturedAt,
            @Nullable Direction direction) {}

    /**
     * @param departments the names of those whose people it knows
     * @param liveness what is asked of a face; absent where faces are not recognised
     * @param time of the server, by which a kiosk dates what it queues
     */
    record RegistrationJson(
            String name,
            String site,
            ZoneId zone,
            List<String> departments,
            @Nullable LivenessPolicy liveness,
            Instant time) {}

    @GetMapping("/recognize/kiosk")
    @Operation(summary = "What the kiosk whose credential it is was registered as")
    RegistrationJson registration(@RequestAttribute(KioskGate.KIOSK) Kiosk kiosk, Actor from) {
        return new RegistrationJson(
                kiosk.name(),
                kiosk.site(),
                kiosk.zone(),
                kiosk.departments().stream()
                        .map(departments::find)
                        .flatMap(Optional::stream)
                        .map(Department::name)
                        .sorted()
                        .toList(),
                faces.asks(device(kiosk, from)).orElse(null),
                time.instant());
    }

    @PostMapping(path = "/recognize", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Recognises whoever is in the frames, and punches; the kiosk's credential is the bearer token")
    GreetingJson recognize(@RequestAttribute(KioskGate.KIOSK) Kiosk kiosk, Actor from, @RequestBody FramesJson wish) {
        List<CapturedSample> samples =
                wish.frames().stream().map(CapturedSample::new).toList();
        try {
            TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
            return punch(kiosk, look(kiosk, samples, from), event, from);
        } finally {
            samples.forEach(CapturedSample::close);
        }
    }

    @PostMapping(path = "/recognize", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "The same with the frames as parts of a form")
    GreetingJson recognizeForm(
            @RequestAttribute(KioskGate.KIOSK) Kiosk kiosk,
            Actor from,
            @RequestParam("frames") List<MultipartFile> frames,
            @RequestParam("event_id") Optional<UUID> eventId,
            @RequestParam("captured_at") Optional<String> capturedAt,
            @RequestParam Optional<Direction> direction)
            throws IOException {
        List<CapturedSample> samples = new ArrayList<>();
        try {
            TimeClock.Event event = event(kiosk, eventId.orElse(null), capturedAt.orElse(null), direction.orElse(null));
            for (MultipartFile frame : frames) {
                samples.add(new CapturedSample(frame.getBytes()));
            }
            return punch(kiosk, look(kiosk, samples, from), event, from);
        } finally {
            samples.forEach(CapturedSample::close);
        }
    }

    @PostMapping("/recognize/pin")
    @Operation(summary = "Punches by user name and PIN, for people who decline the camera")
    GreetingJson pin(@RequestAttribute(KioskGate.KIOSK) Kiosk kiosk, Actor from, @RequestBody PinJson wish) {
        TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
        return punch(kiosk, pins.recognise(wish.username(), wish.pin(), device(kiosk, from)), event, from);
    }

    @PostMapping("/recognize/badge")
    @Operation(summary = "Punches by the number of a badge, for people who decline the camera")
    GreetingJson badge(@RequestAttribute(KioskGate.KIOSK) Kiosk kiosk, Actor from, @RequestBody BadgeJson wish) {
        TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
        return punch(kiosk, badges.recognise(wish.badge(), device(kiosk, from)), event, from);
    }

    private Recognition look(Kiosk kiosk, List<CapturedSample> samples, Actor from) {
        if (samples.size() < MINIMUM_FRAMES || samples.size() > FaceRecognition.MAXIMUM_FRAMES) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "Send %d to %d consecutive frames; there are %d."
                            .formatted(MINIMUM_FRAMES, FaceRecognition.MAXIMUM_FRAMES, samples.size()));
        }
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(ProblemType.BUSY, "Many people are being looked at. Send it again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemType.BUSY, "The server stops. Send it again in a moment.", e);
        }
        try {
            return faces.recognise(samples, device(kiosk, from));
        } finally {
            turns.release();
        }
    }

    private GreetingJson punch(Kiosk kiosk, Recognition recognition, TimeClock.Event event, Actor from) {
        Present present = switch (recognition) {
            case Recognition.Recognised(Present who) -> who;
            case Recognition.NotRecognised() ->
                throw new Problem(
                        ProblemType.NOT_RECOGNISED,
                        "You were not recognised. Try again, use your PIN or badge, or ask your manager.");
            case Recognition.MoreFrames(var advice, int good, int wanted) -> {
                Problem problem = new Problem(
                        ProblemType.FRAMES_REFUSED,
                        advice.isEmpty()
                                ? "Look at the camera, and send more frames."
                                : advice.getFirst().english());
                problem.getBody().setProperty("advice", AdviceJson.of(advice));
                problem.getBody().setProperty("good", good);
                problem.getBody().setProperty("wanted", wanted);
                throw problem;
            }
            case Recognition.NotAvailable() ->
                throw new Problem(
                        ProblemType.FACE_NOT_AVAILABLE,
                        "Faces alone are not recognised at this kiosk. Use your PIN, or ask your manager.");
            case Recognition.Locked(var remaining) -> throw Problem.tooManyAttempts(remaining);
        };
        return GreetingJson.of(
                clock.punch(present, kiosk, event, new Actor(present.subject().id(), from.address(), kiosk.name())));
    }

    static Device device(Kiosk kiosk, Actor from) {
        return new Device(kiosk.id(), kiosk.departments(), new Actor(null, from.address(), kiosk.name()));
    }

    static TimeClock.Event event(
            Kiosk kiosk, @Nullable UUID id, @Nullable String capturedAt, @Nullable Direction direction) {
        return new TimeClock.Event(id, capturedAt == null ? null : moment(kiosk, capturedAt), direction);
    }

    private static Instant moment(Kiosk kiosk, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(text).atZone(kiosk.zone()).toInstant();
            } catch (DateTimeException e) {
                throw new Problem(
                        ProblemType.BAD_REQUEST,
                        "captured_at is a time such as 2026-03-02T09:00:00-03:00, or without the offset on the kiosk's clock.",
                        e);
            }
        }
    }
}
