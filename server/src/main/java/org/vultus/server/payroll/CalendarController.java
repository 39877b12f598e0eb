package org.vultus.server.payroll;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.store.integration.SqlCalendars;

/** A person's shifts as iCalendar (RFC 5545), at a private address that only they can make and revoke. */
@RestController
@Tag(name = "Me")
final class CalendarController {
    private static final int DAYS_BACK = 30;
    private static final int DAYS_AHEAD = 180;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SqlCalendars calendars;
    private final Records records;
    private final Subjects subjects;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    CalendarController(
            SqlCalendars calendars,
            Records records,
            Subjects subjects,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.calendars = calendars;
        this.records = records;
        this.subjects = subjects;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param since when the address was made; absent for none
     * @param path of the address on this server, shown this once
     */
    record CalendarJson(@Nullable Instant since, @Nullable String path) {}

    @GetMapping("/api/me/calendar")
    @Operation(summary = "Whether my shifts have a private calendar address")
    CalendarJson show(Caller caller) {
        return new CalendarJson(calendars.since(caller.subject().id()).orElse(null), null);
    }

    @PostMapping("/api/me/calendar")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Makes a private address of my shifts, shown this once; the one before is void")
    CalendarJson make(Caller caller) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        work.run(() -> {
            calendars.store(caller.subject().id(), hash(secret), now);
            changed(caller, "made");
        });
        return new CalendarJson(now, "/calendars/" + secret + ".ics");
    }

    @DeleteMapping("/api/me/calendar")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Makes the private address of my shifts void")
    void revoke(Caller caller) {
        boolean there = work.call(() -> {
            boolean removed = calendars.remove(caller.subject().id());
            if (removed) {
                changed(caller, "revoked");
            }
            return removed;
        });
        if (!there) {
            throw Problem.notFound("A calendar address");
        }
    }

    private void changed(Caller caller, String what) {
        audit.append(AuditEvent.done(
                        Action.CALENDAR_ADDRESS_CHANGED,
                        caller.actor(),
                        caller.subject().id(),
                        caller.subject().department())
                .with("to", what));
    }

    @GetMapping("/calendars/{secret}.ics")
    @Operation(summary = "The shifts of whoever gave this address: 30 days back, 180 ahead; no leave, no reasons")
    ResponseEntity<String> feed(@PathVariable String secret) {
        Subject subject = calendars
                .owner(hash(secret))
                .flatMap(id -> subjects.find(id, new Scope.Everywhere()))
                .filter(Subject::active)
                .orElseThrow(() -> Problem.notFound("That calendar"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Type", "text/calendar;charset=UTF-8")
                .body(text(subject));
    }

    private String text(Subject subject) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, records.zone());
        LocalDate from = today.minusDays(DAYS_BACK);
        LocalDate to = today.plusDays(DAYS_AHEAD);
        PersonRecord person = records.people(List.of(subject), from, to).getFirst();
        Planning planning = records.site(from, to).planning();
        List<DayPlan> days = from.datesUntil(to.plusDays(1))
                .map(day -> planning.plan(subject.department(), person.assignments(), person.leaves(), day, now))
                .filter(day -> day.planned() && day.kind() == DayPlan.Kind.WORK)
                .toList();
        return RosterCalendar.write(subject.id(), days, now.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
