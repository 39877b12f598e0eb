package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
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
import org.vultus.attendance.kiosk.KioskKey;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.roster.Planning;
import org.vultus.biometrics.clip.Clip;
import org.vultus.biometrics.clip.ClipDecoder;
import org.vultus.biometrics.clip.ClipProblem;
import org.vultus.biometrics.clip.ClipReading;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.AdviceJson;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/**
 * Punching. Frames and clips are wiped when the answer is known and are never written anywhere; a small picture of one is kept where department
 * and person allow it.
 */
@RestController
@Tag(name = "Attendance at the kiosk")
final class RecognizeController {
    private static final int PATIENCE_SECONDS = 15;
    private static final int MINIMUM_FRAMES = 3;
    private static final Instant LAST_MOMENT =
            Planning.LAST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();

    private static final String FRAMES_OR_CLIP = """
            3 to 10 consecutive frames (JPEG, PNG, WebP) or one clip (H.264, VP8 or motion JPEG in MP4, QuickTime or WebM; at most 10 MB, \
            10 seconds, 1080p). Of a clip up to 10 pictures are looked at. One that cannot be used is `/problems/clip-refused` with a \
            `reason`. `event_id` is kept once; the same again gives the same answer.""";

    private final FaceRecognition faces;
    private final PinRecognition pins;
    private final BadgeRecognition badges;
    private final ClipDecoder clips;
    private final TimeClock clock;
    private final SignedEvents events;
    private final Departments departments;
    private final Clock time;
    /** Those who are looked at side by side; others wait. */
    private final Semaphore turns;

    RecognizeController(
            FaceRecognition faces,
            PinRecognition pins,
            BadgeRecognition badges,
            ClipDecoder clips,
            TimeClock clock,
            SignedEvents events,
            Departments departments,
            Clock time,
            VultusProperties properties) {
        this.faces = faces;
        this.pins = pins;
        this.badges = badges;
        this.clips = clips;
        this.clock = clock;
        this.events = events;
        this.departments = departments;
        this.time = time;
        this.turns = new Semaphore(properties.inference().threadsOrCores(), true);
    }

    /**
     * Frames or a clip.
     *
     * @param frames at least 3 consecutive ones, base64 of JPEG, PNG or WebP
     * @param clip base64 of MP4, QuickTime or WebM
     * @param eventId of the event; the same again gives the same answer
     * @param capturedAt when it was taken, for events from a queue; with an offset, or on the kiosk's clock
     * @param direction IN or OUT; they alternate when absent
     */
    record FramesJson(
            @Schema(example = "[\"/9j/4AAQ…\", \"/9j/4AAQ…\", \"/9j/4AAQ…\"]") @Nullable
            List<byte[]> frames,

            @Schema(description = "instead of frames", example = "AAAAIGZ0eXBpc29t…")
            byte @Nullable [] clip,

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

    /** @param key base64 of a SubjectPublicKeyInfo on P-256 */
    record KeyJson(byte[] key) {}

    @PutMapping("/recognize/kiosk/key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Binds the kiosk to its device: from then on events with captured_at must be signed with this key",
            description = "Once; another key for the same kiosk is `already-exists`. What is signed: docs/api.md.")
    void bind(@RequestAttribute(KioskGate.KIOSK) Kiosk kiosk, Actor from, @RequestBody KeyJson wish) {
        KioskKey key;
        try {
            key = KioskKey.of(wish.key());
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "key is a public key on P-256, as SubjectPublicKeyInfo in base64.", e);
        }
        if (!events.bind(kiosk, key, new Actor(null, from.address(), kiosk.name()))) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS,
                    "This credential is in use on another device, or was before this one forgot it. Register a kiosk for each"
                            + " device, and remove the old one.");
        }
    }

    @PostMapping(path = "/recognize", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary =
                    "Recognises whoever is in the frames or the clip, and punches; the kiosk's credential is the bearer token",
            description = FRAMES_OR_CLIP)
    GreetingJson recognize(
            @RequestAttribute(KioskGate.KIOSK) Kiosk kiosk,
            Actor from,
            @RequestHeader(name = SignedEvents.HEADER, required = false) @Nullable String signature,
            @RequestBody FramesJson wish) {
        List<CapturedSample> samples = wish.frames() == null
                ? List.of()
                : wish.frames().stream().map(CapturedSample::new).toList();
        try {
            TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
            requireSigned(kiosk, signature, wish.eventId(), wish.capturedAt(), wish.frames(), wish.clip());
            return punch(kiosk, look(kiosk, samples, wish.clip(), from), event, from);
        } finally {
            wipe(samples, wish.clip());
        }
    }

    @PostMapping(path = "/recognize", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "The same with the frames or the clip as parts of a form", description = FRAMES_OR_CLIP)
    GreetingJson recognizeForm(
            @RequestAttribute(KioskGate.KIOSK) Kiosk kiosk,
            Actor from,
            @RequestParam(name = "frames", required = false) @Nullable List<MultipartFile> frames,
            @RequestParam(name = "clip", required = false) @Nullable MultipartFile clip,
            @RequestParam("event_id") Optional<UUID> eventId,
            @RequestParam("captured_at") Optional<String> capturedAt,
            @RequestParam Optional<Direction> direction,
            @RequestHeader(name = SignedEvents.HEADER, required = false) @Nullable String signature)
            throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        List<CapturedSample> samples = new ArrayList<>();
        byte @Nullable [] video = null;
        try {
            TimeClock.Event event = event(kiosk, eventId.orElse(null), capturedAt.orElse(null), direction.orElse(null));
            for (MultipartFile frame : frames == null ? List.<MultipartFile>of() : frames) {
                pictures.add(frame.getBytes());
                samples.add(new CapturedSample(pictures.getLast()));
            }
            if (clip != null) {
                video = clip.getBytes();
            }
            requireSigned(kiosk, signature, eventId.orElse(null), capturedAt.orElse(null), pictures, video);
            return punch(kiosk, look(kiosk, samples, video, from), event, from);
        } finally {
            wipe(samples, video);
        }
    }

    private void requireSigned(
            Kiosk kiosk,
            @Nullable String signature,
            @Nullable UUID id,
            @Nullable String capturedAt,
            @Nullable List<byte[]> frames,
            byte @Nullable [] clip) {
        if (clip != null) {
            events.require(kiosk, signature, KioskKey.Evidence.CLIP, id, capturedAt, List.of(clip));
        } else {
            events.require(
                    kiosk, signature, KioskKey.Evidence.FRAMES, id, capturedAt, frames == null ? List.of() : frames);
        }
    }

    private static void wipe(List<CapturedSample> samples, byte @Nullable [] clip) {
        samples.forEach(CapturedSample::close);
        if (clip != null) {
            Arrays.fill(clip, (byte) 0);
        }
    }

    @PostMapping("/recognize/pin")
    @Operation(summary = "Punches by user name and PIN, for people who decline the camera")
    GreetingJson pin(
            @RequestAttribute(KioskGate.KIOSK) Kiosk kiosk,
            Actor from,
            @RequestHeader(name = SignedEvents.HEADER, required = false) @Nullable String signature,
            @RequestBody PinJson wish) {
        TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
        events.require(
                kiosk,
                signature,
                KioskKey.Evidence.PIN,
                wish.eventId(),
                wish.capturedAt(),
                SignedEvents.utf8(wish.username(), wish.pin()));
        return punch(kiosk, pins.recognise(wish.username(), wish.pin(), device(kiosk, from)), event, from);
    }

    @PostMapping("/recognize/badge")
    @Operation(summary = "Punches by the number of a badge, for people who decline the camera")
    GreetingJson badge(
            @RequestAttribute(KioskGate.KIOSK) Kiosk kiosk,
            Actor from,
            @RequestHeader(name = SignedEvents.HEADER, required = false) @Nullable String signature,
            @RequestBody BadgeJson wish) {
        TimeClock.Event event = event(kiosk, wish.eventId(), wish.capturedAt(), wish.direction());
        events.require(
                kiosk,
                signature,
                KioskKey.Evidence.BADGE,
                wish.eventId(),
                wish.capturedAt(),
                SignedEvents.utf8(wish.badge()));
        return punch(kiosk, badges.recognise(wish.badge(), device(kiosk, from)), event, from);
    }

    private Recognition look(Kiosk kiosk, List<CapturedSample> samples, byte @Nullable [] clip, Actor from) {
        if (clip != null && !samples.isEmpty()) {
            throw new Problem(ProblemType.BAD_REQUEST, "Send frames or a clip, and not both.");
        }
        if (clip == null && (samples.size() < MINIMUM_FRAMES || samples.size() > FaceRecognition.MAXIMUM_FRAMES)) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "Send %d to %d consecutive frames, or a clip; there are %d."
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
            // A clip is decoded within the turn, so that no more are at once than faces are looked at.
            return clip == null ? faces.recognise(samples, device(kiosk, from)) : watch(clip, device(kiosk, from));
        } finally {
            turns.release();
        }
    }

    private Recognition watch(byte[] clip, Device device) {
        Instant arrived = time.instant();
        switch (clips.read(clip)) {
            case ClipReading.Refused(ClipProblem problem, String detail) -> throw refused(problem, detail);
            case ClipReading.Read(Clip pictures) -> {
                try (pictures) {
                    int count = pictures.pictures().size();
                    if (count < MINIMUM_FRAMES) {
                        throw refused(
                                ClipProblem.TOO_FEW_PICTURES,
                                "%d pictures that are far enough apart; %d are needed"
                                        .formatted(count, MINIMUM_FRAMES));
                    }
                    return faces.recognise(pictures.taken(arrived), device);
                }
            }
        }
    }

    private static Problem refused(ClipProblem why, String detail) {
        Problem problem = new Problem(ProblemType.CLIP_REFUSED, "%s (%s)".formatted(why.english(), detail));
        problem.getBody().setProperty("reason", why.name());
        return problem;
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
        Instant moment;
        try {
            moment = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutOffset) {
            try {
                moment = LocalDateTime.parse(text).atZone(kiosk.zone()).toInstant();
            } catch (DateTimeException e) {
                throw noMoment(e);
            }
        }
        // A clock that is wrong is flagged; no clock is wrong by so much.
        if (moment.isAfter(LAST_MOMENT)) {
            throw noMoment(null);
        }
        return moment;
    }

    private static Problem noMoment(@Nullable DateTimeException cause) {
        return new Problem(
                ProblemType.BAD_REQUEST,
                "captured_at is a time such as 2026-03-02T09:00:00-03:00, or without the offset on the kiosk's clock.",
                cause);
    }
}
