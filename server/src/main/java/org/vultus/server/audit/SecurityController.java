package org.vultus.server.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Role;
import org.vultus.server.http.Caller;
import org.vultus.store.audit.SqlSecurityEvents;
import org.vultus.store.audit.SqlSecurityEvents.Concern;

/** What looks like trouble, picked from the audit trail, for auditors. Reading it is remembered as any reading of the trail. */
@RestController
@Tag(name = "Security")
final class SecurityController {
    private static final int LONGEST_PAGE = 200;
    private static final int LONGEST_SPAN_DAYS = 366;

    private final SqlSecurityEvents events;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    SecurityController(SqlSecurityEvents events, AuditTrail audit, UnitOfWork work, Clock clock) {
        this.events = events;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /** @param species of an attack: ARTEFACT, LOOP, REPLAY or SWAP, or the reason of another refusal; absent for none */
    record SecurityEventJson(Concern concern, @Nullable String species, AuditController.EventJson event) {}

    record CountJson(LocalDate day, Concern concern, long events) {}

    /**
     * @param what FACE_NAME, FACE_ADDRESS, PASSWORD_NAME, PASSWORD_ADDRESS, KIOSK_FACE or KIOSK_PIN
     * @param address whose attempts wait, where they are counted by address
     */
    record WaitJson(String what, @Nullable String address, int failures, Instant until) {}

    /** @param waits who has to wait now after too many failures */
    record SummaryJson(LocalDate from, List<CountJson> counts, List<WaitJson> waits) {}

    @GetMapping("/api/security/events")
    @Operation(
            summary = "Attacks, lockouts, other refusals and sensitive acts, newest first; without concern, attacks and"
                    + " lockouts; go on with before = the last sequence")
    List<SecurityEventJson> events(
            Caller caller,
            @RequestParam(defaultValue = "ATTACK,LOCKOUT") Set<Concern> concern,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "50") int limit) {
        caller.require(Role.AUDITOR);
        // A blank between commas comes as null.
        Set<Concern> named = concern.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        Set<Concern> wanted = named.isEmpty() ? EnumSet.allOf(Concern.class) : named;
        List<SecurityEventJson> found =
                events.search(wanted, from, until, before, Math.clamp(limit, 1, LONGEST_PAGE)).stream()
                        .map(one -> new SecurityEventJson(
                                one.concern(),
                                one.record().event().detail().get("reason"),
                                AuditController.EventJson.of(one.record())))
                        .toList();
        work.run(() -> audit.append(AuditEvent.done(Action.AUDIT_READ, caller.actor(), null, null)
                .with("events", Integer.toString(found.size()))
                .with("view", "security")));
        return found;
    }

    @GetMapping("/api/security/summary")
    @Operation(summary = "How many such events there were on each day, and who has to wait now after too many failures")
    SummaryJson summary(
            Caller caller, @RequestParam(defaultValue = "30") int days, @RequestParam Optional<ZoneId> zone) {
        caller.require(Role.AUDITOR);
        Instant now = clock.instant();
        ZoneId where = zone.orElse(ZoneOffset.UTC);
        LocalDate first = LocalDate.ofInstant(now, where).minusDays(Math.clamp(days, 1, LONGEST_SPAN_DAYS) - 1L);
        return new SummaryJson(
                first,
                events.counts(first.atStartOfDay(where).toInstant(), where).stream()
                        .map(count -> new CountJson(count.day(), count.concern(), count.events()))
                        .toList(),
                events.waits(now).stream().map(SecurityController::json).toList());
    }

    /** The keys are {@code face/address/…}, {@code password/name/…/address} and so on. */
    private static WaitJson json(SqlSecurityEvents.Wait wait) {
        String[] parts = wait.key().split("/", 3);
        String what = switch (parts[0] + '/' + parts[1]) {
            case "face/name" -> "FACE_NAME";
            case "face/address" -> "FACE_ADDRESS";
            case "password/name" -> "PASSWORD_NAME";
            case "password/address" -> "PASSWORD_ADDRESS";
            case "kiosk/face" -> "KIOSK_FACE";
            case "kiosk/pin" -> "KIOSK_PIN";
            default -> "OTHER";
        };
        String address = switch (what) {
            case "FACE_ADDRESS", "PASSWORD_ADDRESS" -> parts[2];
            case "PASSWORD_NAME" -> parts[2].substring(parts[2].indexOf('/') + 1);
            default -> null;
        };
        return new WaitJson(what, address, wait.failures(), wait.until());
    }
}
