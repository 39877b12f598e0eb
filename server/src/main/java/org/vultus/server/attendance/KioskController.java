package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.presence.BadgeRecognition;
import org.vultus.access.presence.Badges;
import org.vultus.access.presence.PinRecognition;
import org.vultus.access.presence.Pins;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** The devices that people punch at, and PINs for those who decline the camera. */
@RestController
@Tag(name = "Kiosks")
final class KioskController {
    private final Kiosks kiosks;
    private final Departments departments;
    private final Subjects subjects;
    private final PinRecognition pins;
    private final Pins chosen;
    private final BadgeRecognition badges;
    private final Badges given;
    private final Records records;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    KioskController(
            Kiosks kiosks,
            Departments departments,
            Subjects subjects,
            PinRecognition pins,
            Pins chosen,
            BadgeRecognition badges,
            Badges given,
            Records records,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.kiosks = kiosks;
        this.departments = departments;
        this.subjects = subjects;
        this.pins = pins;
        this.chosen = chosen;
        this.badges = badges;
        this.given = given;
        this.records = records;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param site whose sequence numbers the punches; "main" when absent
     * @param zone of its clock, such as America/Sao_Paulo
     * @param departments the codes of those whose people it knows
     */
    record NewKiosk(String name, @Nullable String site, ZoneId zone, Set<String> departments) {}

    /**
     * @param countsIn on whose clock the punches of people without a roster are measured, where that shows another time than the kiosk's
     * @param credential shown this once
     */
    record KioskJson(
            UUID id,
            String name,
            String site,
            ZoneId zone,
            Set<String> departments,
            Instant registeredAt,
            @Nullable Instant removedAt,
            @Nullable ZoneId countsIn,
            @Nullable String credential) {}

    record NewPin(String pin) {}

    @Schema(example = """
            {"number": "04A1B2C3"}""")
    record NewBadge(String number) {}

    /**
     * How somebody punches without the camera.
     *
     * @param pin whether there is a PIN; it cannot be read, only replaced
     * @param badgeGivenAt since when there is a badge; absent for none. Its number cannot be read
     */
    record WithoutCameraJson(boolean pin, @Nullable Instant badgeGivenAt) {}

    @GetMapping("/api/kiosks")
    @Operation(summary = "The kiosks, also those that were removed")
    List<KioskJson> list(Caller caller) {
        caller.requireAdmin();
        return kiosks.list().stream().map(kiosk -> json(kiosk, null)).toList();
    }

    @PostMapping("/api/kiosks")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Registers a kiosk and gives its credential, which is shown this once")
    KioskJson register(Caller caller, @RequestBody NewKiosk wish) {
        caller.requireAdmin();
        Set<UUID> where = wish.departments().stream()
                .map(code -> departments
                        .findByCode(code)
                        .orElseThrow(() -> Problem.notFound("The department " + code))
                        .id())
                .collect(Collectors.toUnmodifiableSet());
        Kiosk kiosk = new Kiosk(
                UUID.randomUUID(),
                wish.name().strip(),
                Kiosk.newSite(Optional.ofNullable(wish.site()).orElse("main").strip()),
                wish.zone(),
                where,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null);
        KioskCredential credential = KioskCredential.generate();
        boolean added = work.call(() -> {
            if (!kiosks.add(kiosk, credential)) {
                return false;
            }
            audit.append(AuditEvent.done(Action.KIOSK_REGISTERED, caller.actor(), null, null)
                    .with("kiosk", kiosk.id().toString())
                    .with("name", kiosk.name()));
            return true;
        });
        if (!added) {
            throw new Problem(ProblemType.ALREADY_EXISTS, "There is a kiosk %s already.".formatted(kiosk.name()));
        }
        return json(kiosk, credential.secret());
    }

    @DeleteMapping("/api/kiosks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Makes a kiosk's credential void; its punches stay")
    void remove(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        boolean removed = work.call(() -> {
            if (!kiosks.remove(id, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
                return false;
            }
            audit.append(AuditEvent.done(Action.KIOSK_REMOVED, caller.actor(), null, null)
                    .with("kiosk", id.toString()));
            return true;
        });
        if (!removed) {
            throw Problem.notFound("That kiosk");
        }
    }

    @PutMapping("/api/attendance/people/{id}/pin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Gives a person a PIN for the kiosk, 6 to 12 digits; people may choose their own")
    void pin(Caller caller, @PathVariable UUID id, @RequestBody NewPin wish) {
        if (!caller.subject().id().equals(id)) {
            caller.require(Role.ENROLMENT_OFFICER);
        }
        Subject subject = subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
        pins.set(subject, wish.pin(), caller.actor());
    }

    @GetMapping("/api/attendance/people/{id}/without-camera")
    @Operation(summary = "Whether a person has a PIN and a badge for the kiosk")
    WithoutCameraJson withoutCamera(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER);
        Subject subject = subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
        return new WithoutCameraJson(
                chosen.find(subject.id()).isPresent(),
                given.givenAt(subject.id()).orElse(null));
    }

    @PutMapping("/api/attendance/people/{id}/badge")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary =
                    "Gives a person a badge for the kiosk by the number that its reader types; in place of one before")
    void badge(Caller caller, @PathVariable UUID id, @RequestBody NewBadge wish) {
        caller.require(Role.ENROLMENT_OFFICER);
        Subject subject = subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
        if (!badges.give(subject, wish.number(), caller.actor())) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS,
                    "That badge is somebody else's. Take it away from them first, or give another one.");
        }
    }

    @DeleteMapping("/api/attendance/people/{id}/badge")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a person's badge away; one that was lost opens nothing from then on")
    void takeBadge(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER);
        badges.take(
                subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person")), caller.actor());
    }

    private boolean sameTime(ZoneId one, ZoneId other) {
        Instant now = clock.instant();
        return one.getRules().getOffset(now).equals(other.getRules().getOffset(now));
    }

    private KioskJson json(Kiosk kiosk, @Nullable String credential) {
        return new KioskJson(
                kiosk.id(),
                kiosk.name(),
                kiosk.site(),
                kiosk.zone(),
                kiosk.departments().stream()
                        .map(departments::find)
                        .flatMap(Optional::stream)
                        .map(Department::code)
                        .collect(Collectors.toUnmodifiableSet()),
                kiosk.registeredAt(),
                kiosk.removedAt(),
                sameTime(kiosk.zone(), records.zone()) ? null : records.zone(),
                credential);
    }
}
