package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Leave;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.shift.UnpaidBreak;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** What is planned: shifts, rosters, who has them, holidays, leave, and the rules of pay. Lengths are in minutes. */
@RestController
@Tag(name = "Attendance plans")
final class PlanController {
    private final Shifts shifts;
    private final Rosters rosters;
    private final RuleBook rules;
    private final Subjects subjects;
    private final Departments departments;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    PlanController(
            Shifts shifts,
            Rosters rosters,
            RuleBook rules,
            Subjects subjects,
            Departments departments,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.shifts = shifts;
        this.rosters = rosters;
        this.rules = rules;
        this.subjects = subjects;
        this.departments = departments;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    record BreakJson(LocalTime start, LocalTime end) {}

    /** What is absent is as in the default shift. */
    record ShiftJson(
            @Nullable UUID id,
            String name,
            LocalTime start,
            LocalTime end,
            @Nullable Integer earlyWindow,
            @Nullable Integer lateWindow,
            @Nullable Integer lateGrace,
            @Nullable Integer earlyLeaveGrace,
            @Nullable List<BreakJson> unpaidBreaks,
            @Nullable Integer rounding,
            @Nullable Boolean onCall) {

        static ShiftJson of(Shift s) {
            return new ShiftJson(
                    s.id(),
                    s.name(),
                    s.start(),
                    s.end(),
                    Math.toIntExact(s.earlyWindow().toMinutes()),
                    Math.toIntExact(s.lateWindow().toMinutes()),
                    Math.toIntExact(s.lateGrace().toMinutes()),
                    Math.toIntExact(s.earlyLeaveGrace().toMinutes()),
                    s.unpaidBreaks().stream()
                            .map(pause -> new BreakJson(pause.start(), pause.end()))
                            .toList(),
                    Math.toIntExact(s.rounding().toMinutes()),
                    s.onCall());
        }

        Shift shift() {
            Shift usual = Shift.DEFAULT;
            return new Shift(
                    UUID.randomUUID(),
                    name.strip(),
                    start,
                    end,
                    minutes(earlyWindow, usual.earlyWindow()),
                    minutes(lateWindow, usual.lateWindow()),
                    minutes(lateGrace, usual.lateGrace()),
                    minutes(earlyLeaveGrace, usual.earlyLeaveGrace()),
                    Optional.ofNullable(unpaidBreaks).orElse(List.of()).stream()
                            .map(pause -> new UnpaidBreak(pause.start(), pause.end()))
                            .toList(),
                    minutes(rounding, usual.rounding()),
                    Boolean.TRUE.equals(onCall));
        }

        private static Duration minutes(@Nullable Integer minutes, Duration usual) {
            return minutes == null ? usual : Duration.ofMinutes(minutes);
        }
    }

    /**
     * @param anchor a day that is the first of the cycle
     * @param days the identifiers of the shifts of each day of the cycle
     */
    record RosterJson(
            @Nullable UUID id,
            String name,
            ZoneId zone,
            LocalDate anchor,
            List<List<UUID>> days,
            @Nullable Boolean observesHolidays) {

        static RosterJson of(Roster r) {
            return new RosterJson(r.id(), r.name(), r.zone(), r.anchor(), r.days(), r.observesHolidays());
        }
    }

    /** @param roster absent for none: the default shift measures the days they come */
    record AssignmentJson(
            @Nullable UUID id, UUID person, @Nullable UUID roster, LocalDate from) {}

    /** @param department code; absent for everywhere */
    record HolidayJson(
            @Nullable UUID id,
            LocalDate day,
            String name,
            @Nullable String department) {}

    record LeaveJson(
            @Nullable UUID id,
            UUID person,
            LocalDate from,
            LocalDate to,
            String kind,
            @Nullable Instant cancelledAt) {

        static LeaveJson of(Leave l) {
            return new LeaveJson(l.id(), l.subject(), l.from(), l.to(), l.kind(), l.cancelledAt());
        }
    }

    /**
     * Thresholds in minutes; absent for none. Percentages on top of the usual pay.
     *
     * @param department code; absent for everywhere
     */
    record RulesJson(
            @Nullable Integer number,
            LocalDate from,
            @Nullable String department,
            boolean countEarly,
            @Nullable Integer dailyThreshold,
            @Nullable Integer weeklyThreshold,
            int overtimePercent,
            @Nullable Integer higherAfter,
            int higherPercent,
            int restDayPercent,
            LocalTime nightStart,
            LocalTime nightEnd,
            int nightPercent,
            boolean approval) {}

    @GetMapping("/api/attendance/shifts")
    @Operation(summary = "The shifts in use, and the default shift, which is first")
    List<ShiftJson> shifts(Caller caller) {
        caller.require(Role.DEPARTMENT_MANAGER);
        return Stream.concat(Stream.of(Shift.DEFAULT), shifts.inUse().stream())
                .map(ShiftJson::of)
                .toList();
    }

    @PostMapping("/api/attendance/shifts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary =
                    "Adds a shift; lengths in minutes. Another rule is another shift: they are retired, never changed")
    ShiftJson addShift(Caller caller, @RequestBody ShiftJson wish) {
        caller.requireAdmin();
        Shift shift = wish.shift();
        added(
                caller,
                () -> !shift.name().equals(Shift.DEFAULT.name()) && shifts.add(shift),
                "shift",
                shift.id(),
                shift.name());
        return ShiftJson.of(shift);
    }

    @DeleteMapping("/api/attendance/shifts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Retires a shift; rosters that have it keep it")
    void retireShift(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        ended(caller, () -> shifts.retire(id), "shift", id);
    }

    @GetMapping("/api/attendance/rosters")
    @Operation(summary = "The rosters in use")
    List<RosterJson> rosters(Caller caller) {
        caller.require(Role.DEPARTMENT_MANAGER);
        return rosters.inUse().stream().map(RosterJson::of).toList();
    }

    @PostMapping("/api/attendance/rosters")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a roster: a cycle of days from an anchor, each with the identifiers of its shifts")
    RosterJson addRoster(Caller caller, @RequestBody RosterJson wish) {
        caller.requireAdmin();
        Map<UUID, Shift> known = new HashMap<>();
        shifts.inUse().forEach(shift -> known.put(shift.id(), shift));
        known.put(Shift.DEFAULT.id(), Shift.DEFAULT);
        wish.days().stream().flatMap(List::stream).forEach(id -> {
            if (!known.containsKey(id)) {
                throw Problem.notFound("The shift " + id);
            }
        });
        Roster roster = new Roster(
                        UUID.randomUUID(),
                        wish.name().strip(),
                        wish.zone(),
                        wish.anchor(),
                        wish.days(),
                        !Boolean.FALSE.equals(wish.observesHolidays()))
                .inOrder(known);
        added(caller, () -> rosters.add(roster), "roster", roster.id(), roster.name());
        return RosterJson.of(roster);
    }

    @DeleteMapping("/api/attendance/rosters/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Retires a roster; those who have it keep it")
    void retireRoster(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        ended(caller, () -> rosters.retire(id), "roster", id);
    }

    @GetMapping("/api/attendance/assignments")
    @Operation(summary = "The rosters that a person was given, in the order they were")
    List<AssignmentJson> assignments(Caller caller, @RequestParam UUID person) {
        caller.require(Role.DEPARTMENT_MANAGER);
        return rosters.assignments(List.of(find(caller, person).id())).stream()
                .map(a -> new AssignmentJson(a.id(), a.subject(), a.roster(), a.from()))
                .toList();
    }

    @PostMapping("/api/attendance/assignments")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Gives a person a roster from a day on")
    AssignmentJson assign(Caller caller, @RequestBody AssignmentJson wish) {
        caller.require(Role.DEPARTMENT_MANAGER);
        Subject subject = find(caller, wish.person());
        UUID roster = wish.roster();
        if (roster != null && rosters.inUse().stream().noneMatch(r -> r.id().equals(roster))) {
            throw Problem.notFound("That roster");
        }
        Assignment assignment = new Assignment(
                UUID.randomUUID(),
                subject.id(),
                roster,
                wish.from(),
                caller.subject().id(),
                now());
        work.run(() -> {
            rosters.assign(assignment);
            changed(caller, subject, "assignment", assignment.id());
        });
        return new AssignmentJson(assignment.id(), subject.id(), roster, assignment.from());
    }

    @GetMapping("/api/attendance/holidays")
    @Operation(summary = "The holidays of a period")
    List<HolidayJson> holidays(Caller caller, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        return rosters.holidays(from, to).stream()
                .filter(h -> h.removedAt() == null)
                .map(h -> new HolidayJson(
                        h.id(),
                        h.day(),
                        h.name(),
                        Optional.ofNullable(h.department())
                                .flatMap(departments::find)
                                .map(Department::code)
                                .orElse(null)))
                .toList();
    }

    @PostMapping("/api/attendance/holidays")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a holiday, everywhere or of a department")
    HolidayJson addHoliday(Caller caller, @RequestBody HolidayJson wish) {
        caller.requireAdmin();
        if (wish.name().isBlank() || wish.name().length() > 200) {
            throw new Problem(ProblemType.BAD_REQUEST, "A holiday's name is 1 to 200 characters.");
        }
        Holiday holiday = new Holiday(
                UUID.randomUUID(), wish.day(), wish.name().strip(), department(wish.department()), now(), null);
        rosters.holidays(wish.day(), wish.day()).stream()
                .filter(one -> one.removedAt() == null && Objects.equals(one.department(), holiday.department()))
                .findAny()
                .ifPresent(there -> {
                    throw new Problem(
                            ProblemType.ALREADY_EXISTS,
                            "%s is a holiday already: %s. Take it back first to give it another name."
                                    .formatted(there.day(), there.name()));
                });
        work.run(() -> {
            rosters.add(holiday);
            changed(caller, null, "holiday", holiday.id());
        });
        return new HolidayJson(holiday.id(), holiday.day(), holiday.name(), wish.department());
    }

    @DeleteMapping("/api/attendance/holidays/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a holiday back")
    void removeHoliday(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        ended(caller, () -> rosters.removeHoliday(id, now()), "holiday", id);
    }

    @GetMapping("/api/attendance/leaves")
    @Operation(summary = "A person's leave")
    List<LeaveJson> leaves(Caller caller, @RequestParam UUID person) {
        if (!caller.subject().id().equals(person)) {
            caller.require(Role.DEPARTMENT_MANAGER);
        }
        return rosters.leaves(List.of(find(caller, person).id())).stream()
                .map(LeaveJson::of)
                .toList();
    }

    @PostMapping("/api/attendance/leaves")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Grants leave; to is inclusive")
    LeaveJson grantLeave(Caller caller, @RequestBody LeaveJson wish) {
        caller.require(Role.DEPARTMENT_MANAGER);
        Subject subject = find(caller, wish.person());
        Leave leave = new Leave(
                UUID.randomUUID(),
                subject.id(),
                wish.from(),
                wish.to(),
                wish.kind().strip(),
                caller.subject().id(),
                now(),
                null);
        work.run(() -> {
            rosters.add(leave);
            changed(caller, subject, "leave", leave.id());
        });
        return new LeaveJson(leave.id(), subject.id(), leave.from(), leave.to(), leave.kind(), null);
    }

    @DeleteMapping("/api/attendance/leaves/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Cancels a person's leave")
    void cancelLeave(Caller caller, @PathVariable UUID id, @RequestParam UUID person) {
        caller.require(Role.DEPARTMENT_MANAGER);
        Subject subject = find(caller, person);
        ended(caller, () -> rosters.cancelLeave(id, subject.id(), now()), "leave", id);
    }

    @GetMapping("/api/attendance/rules")
    @Operation(summary = "The versions of the rules of pay; number 0 holds where there is no other")
    List<RulesJson> rules(Caller caller) {
        caller.require(Role.DEPARTMENT_MANAGER, Role.AUDITOR);
        return Stream.concat(
                        Stream.of(new RuleVersion(0, LocalDate.EPOCH, null, Rules.DEFAULT, Instant.EPOCH)),
                        rules.all().stream())
                .map(this::json)
                .toList();
    }

    @PostMapping("/api/attendance/rules")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a version of the rules from a day on; days before keep theirs")
    RulesJson addRules(Caller caller, @RequestBody RulesJson wish) {
        caller.requireAdmin();
        Rules wanted = new Rules(
                wish.countEarly(),
                minutes(wish.dailyThreshold()),
                minutes(wish.weeklyThreshold()),
                wish.overtimePercent(),
                minutes(wish.higherAfter()),
                wish.higherPercent(),
                wish.restDayPercent(),
                wish.nightStart(),
                wish.nightEnd(),
                wish.nightPercent(),
                wish.approval());
        UUID department = department(wish.department());
        return json(work.call(() -> {
            RuleVersion version =
                    rules.add(wish.from(), department, wanted, caller.subject().id(), now());
            audit.append(AuditEvent.done(Action.ATTENDANCE_RULES_CHANGED, caller.actor(), null, department)
                    .with("version", Integer.toString(version.number()))
                    .with("from", version.from().toString()));
            return version;
        }));
    }

    private RulesJson json(RuleVersion version) {
        Rules r = version.rules();
        return new RulesJson(
                version.number(),
                version.from(),
                Optional.ofNullable(version.department())
                        .flatMap(departments::find)
                        .map(Department::code)
                        .orElse(null),
                r.countEarly(),
                minutes(r.dailyThreshold()),
                minutes(r.weeklyThreshold()),
                r.overtimePercent(),
                minutes(r.higherAfter()),
                r.higherPercent(),
                r.restDayPercent(),
                r.nightStart(),
                r.nightEnd(),
                r.nightPercent(),
                r.approval());
    }

    private static @Nullable Duration minutes(@Nullable Integer minutes) {
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }

    private static @Nullable Integer minutes(@Nullable Duration duration) {
        return duration == null ? null : Math.toIntExact(duration.toMinutes());
    }

    private @Nullable UUID department(@Nullable String code) {
        return code == null
                ? null
                : departments
                        .findByCode(code)
                        .orElseThrow(() -> Problem.notFound("The department " + code))
                        .id();
    }

    private Subject find(Caller caller, UUID id) {
        return subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
    }

    private void added(Caller caller, BooleanSupplier adding, String what, UUID id, String name) {
        boolean done = work.call(() -> {
            if (!adding.getAsBoolean()) {
                return false;
            }
            changed(caller, null, what, id);
            return true;
        });
        if (!done) {
            throw new Problem(ProblemType.ALREADY_EXISTS, "There is a %s %s already.".formatted(what, name));
        }
    }

    private void ended(Caller caller, BooleanSupplier ending, String what, UUID id) {
        boolean done = work.call(() -> {
            if (!ending.getAsBoolean()) {
                return false;
            }
            changed(caller, null, what + "_ended", id);
            return true;
        });
        if (!done) {
            throw Problem.notFound("That " + what);
        }
    }

    private void changed(Caller caller, @Nullable Subject subject, String what, UUID id) {
        audit.append(AuditEvent.done(
                        Action.ATTENDANCE_PLAN_CHANGED,
                        caller.actor(),
                        subject == null ? null : subject.id(),
                        subject == null ? null : subject.department())
                .with(what, id.toString()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
