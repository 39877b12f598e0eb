package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
import org.vultus.access.enrol.Register;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Corrections;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.timesheet.Closing;
import org.vultus.attendance.timesheet.Remark;
import org.vultus.attendance.timesheet.Stamp;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.Workday;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** Who is in, what was worked, and what managers say of it. */
@RestController
@Tag(name = "Attendance")
final class TimesheetController {
    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final Sheets sheets;
    private final Records records;
    private final Corrections corrections;
    private final Pictures pictures;
    private final AuditTrail audit;
    private final UnitOfWork work;

    TimesheetController(
            Records records,
            Corrections corrections,
            ProofOfPresence proofs,
            Subjects subjects,
            Register register,
            Departments departments,
            Kiosks kiosks,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.sheets = new Sheets(records, subjects, register, departments, kiosks, clock);
        this.records = records;
        this.corrections = corrections;
        this.pictures = new Pictures(proofs);
        this.audit = audit;
        this.work = work;
    }

    record SheetList(List<SheetJson> items) {}

    /**
     * @param present whether they came and have not gone
     * @param last their last punch of today, or of the shift that goes on
     */
    record BoardRow(
            SheetJson.PersonJson person,
            boolean present,
            SheetJson.@Nullable PunchJson last,
            TreeSet<Remark> remarks) {}

    record Board(Instant at, long present, List<BoardRow> items) {}

    record ExceptionRow(SheetJson.PersonJson person, LocalDate day, TreeSet<Remark> remarks) {}

    record ExceptionList(List<ExceptionRow> items) {}

    record NewPunch(UUID person, Instant at, Direction direction, String reason) {}

    record Reason(String reason) {}

    record CorrectionJson(UUID eventId) {}

    record NewApproval(UUID person, LocalDate day, int minutes) {}

    record NewClosing(UUID person, LocalDate from, LocalDate to) {}

    /** @param differences what the timesheet would be now, against what was approved; empty when nothing changed since */
    record ClosingJson(
            UUID id,
            UUID person,
            LocalDate from,
            LocalDate to,
            UUID approvedBy,
            Instant approvedAt,
            SheetJson timesheet,
            List<Timesheet.Difference> differences) {}

    @GetMapping("/api/attendance/timesheets")
    @Operation(summary = "A person's timesheet, or those of everybody the caller manages; to is inclusive")
    SheetList timesheets(
            Caller caller,
            @RequestParam Optional<UUID> person,
            @RequestParam Optional<String> department,
            @RequestParam Optional<String> site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam("as_of") Optional<Instant> asOf) {
        List<Sheets.Sheet> found = person.isPresent()
                ? List.of(sheets.one(caller, person.get(), from, to, asOf))
                : sheets.all(caller, new Sheets.Whom(department, site), from, to, asOf);
        Set<UUID> shown = pictures.among(caller, found);
        return new SheetList(
                found.stream().map(sheet -> SheetJson.of(sheet, shown)).toList());
    }

    @GetMapping("/api/attendance/board")
    @Operation(summary = "Who is in now")
    Board board(Caller caller, @RequestParam Optional<String> department, @RequestParam Optional<String> site) {
        Instant now = sheets.now();
        LocalDate today = sheets.today();
        List<Sheets.Sheet> found = sheets.all(
                caller, new Sheets.Whom(department, site), today.minusDays(1), today.plusDays(1), Optional.of(now));
        Set<UUID> shown = pictures.among(caller, found);
        List<BoardRow> rows =
                found.stream().map(sheet -> row(sheet, today, shown)).toList();
        return new Board(now, rows.stream().filter(BoardRow::present).count(), rows);
    }

    private static BoardRow row(Sheets.Sheet sheet, LocalDate today, Set<UUID> pictures) {
        List<Workday> days = sheet.timesheet().days();
        Optional<Workday> open = days.stream()
                .filter(day -> day.remarks().contains(Remark.PRESENT))
                .reduce((a, b) -> b);
        Workday shown = open.orElseGet(() ->
                days.stream().filter(day -> day.day().equals(today)).findFirst().orElseThrow());
        Stamp last = shown.stamps().stream()
                .max(Comparator.comparing(Stamp::punch, Punch.IN_ORDER))
                .orElse(null);
        return new BoardRow(
                SheetJson.PersonJson.of(sheet),
                open.isPresent(),
                last == null ? null : SheetJson.PunchJson.of(last, shown.plan().zone(), pictures),
                new TreeSet<>(shown.remarks()));
    }

    record SiteList(List<String> items) {}

    @GetMapping("/api/attendance/places")
    @Operation(summary = "The sites by which board, timesheets, exceptions and reports can be limited")
    SiteList sites(Caller caller) {
        return new SiteList(sheets.sites(caller));
    }

    @GetMapping("/api/attendance/exceptions")
    @Operation(summary = "The days that somebody should look at")
    ExceptionList exceptions(
            Caller caller,
            @RequestParam Optional<String> department,
            @RequestParam Optional<String> site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to) {
        return new ExceptionList(
                sheets.all(caller, new Sheets.Whom(department, site), from, to, Optional.empty()).stream()
                        .flatMap(sheet -> sheet.timesheet().days().stream()
                                .map(day -> new ExceptionRow(
                                        SheetJson.PersonJson.of(sheet),
                                        day.day(),
                                        day.remarks().stream()
                                                .filter(Remark::exception)
                                                .collect(Collectors.toCollection(TreeSet::new)))))
                        .filter(row -> !row.remarks().isEmpty())
                        .toList());
    }

    @PostMapping("/api/attendance/corrections")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a punch that was not taken, with a reason; not to one's own time")
    CorrectionJson add(Caller caller, @RequestBody NewPunch wish) {
        Subject subject = sheets.managed(caller, wish.person());
        try {
            return new CorrectionJson(corrections
                    .add(
                            subject,
                            wish.at(),
                            wish.direction(),
                            wish.reason(),
                            caller.subject().id(),
                            caller.actor())
                    .eventId());
        } catch (Corrections.OwnTime e) {
            throw ownTime(e);
        }
    }

    @PostMapping("/api/attendance/punches/{event}/void")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Says with a reason that a punch does not count; it stays; not of one's own time")
    void voidPunch(Caller caller, @PathVariable UUID event, @RequestBody Reason wish) {
        Punch punch = records.punches().find(event, caller.scope()).orElseThrow(() -> Problem.notFound("That punch"));
        Subject subject = sheets.managed(caller, punch.subject());
        try {
            corrections.voidPunch(
                    subject, punch, wish.reason(), caller.subject().id(), caller.actor());
        } catch (Corrections.OwnTime e) {
            throw ownTime(e);
        }
    }

    @PostMapping("/api/attendance/overtime-approvals")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Approves overtime of a day up to so many minutes, in place of what was approved before")
    void approveOvertime(Caller caller, @RequestBody NewApproval wish) {
        Subject subject = sheets.managed(caller, wish.person());
        try {
            corrections.approveOvertime(
                    subject, wish.day(), 60L * wish.minutes(), caller.subject().id(), caller.actor());
        } catch (Corrections.OwnTime e) {
            throw ownTime(e);
        }
    }

    @PostMapping("/api/attendance/closings")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Approves a timesheet as it is now; what comes later shows as a difference")
    ClosingJson close(Caller caller, @RequestBody NewClosing wish) {
        // Before it is kept: an approval that cannot be shown would hide all others of the person.
        Sheets.requirePeriod(wish.from(), wish.to());
        if (wish.from().isAfter(sheets.today())) {
            throw new Problem(ProblemType.BAD_REQUEST, "That period has not begun, and cannot be approved yet.");
        }
        Subject subject = sheets.managed(caller, wish.person());
        try {
            return json(
                    caller,
                    corrections.close(
                            subject, wish.from(), wish.to(), caller.subject().id(), caller.actor()));
        } catch (Corrections.OwnTime e) {
            throw ownTime(e);
        }
    }

    @GetMapping("/api/attendance/closings")
    @Operation(summary = "A person's approved timesheets as they were approved, and what has changed since")
    List<ClosingJson> closings(Caller caller, @RequestParam UUID person) {
        LocalDate today = sheets.today();
        // Asks whether the caller may see them.
        sheets.one(caller, person, today, today, Optional.empty());
        return records.approvals().closings(person).stream()
                .map(closing -> json(caller, closing))
                .toList();
    }

    private ClosingJson json(Caller caller, Closing closing) {
        Sheets.Sheet then =
                sheets.one(caller, closing.subject(), closing.from(), closing.to(), Optional.of(closing.at()));
        Sheets.Sheet now = sheets.one(caller, closing.subject(), closing.from(), closing.to(), Optional.empty());
        return new ClosingJson(
                closing.id(),
                closing.subject(),
                closing.from(),
                closing.to(),
                closing.by(),
                closing.at(),
                SheetJson.of(then, pictures.among(caller, List.of(then))),
                now.timesheet().differencesFrom(then.timesheet()));
    }

    @GetMapping("/api/attendance/reports/timesheets.csv")
    @Operation(summary = "The timesheets as CSV, a line for each person and day, and one for each sum")
    ResponseEntity<byte[]> csv(
            Caller caller,
            @RequestParam Optional<String> department,
            @RequestParam Optional<String> site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to) {
        return file(
                caller,
                report(caller, new Sheets.Whom(department, site), from, to).csv(),
                "csv",
                from,
                to);
    }

    @GetMapping("/api/attendance/reports/timesheets.xlsx")
    @Operation(summary = "The same as a workbook")
    ResponseEntity<byte[]> xlsx(
            Caller caller,
            @RequestParam Optional<String> department,
            @RequestParam Optional<String> site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to) {
        return file(
                caller,
                report(caller, new Sheets.Whom(department, site), from, to).xlsx(),
                "xlsx",
                from,
                to);
    }

    private TimesheetReport report(Caller caller, Sheets.Whom whom, LocalDate from, LocalDate to) {
        return TimesheetReport.of(sheets.all(caller, whom, from, to, Optional.empty()));
    }

    private ResponseEntity<byte[]> file(Caller caller, byte[] content, String kind, LocalDate from, LocalDate to) {
        work.run(() -> audit.append(AuditEvent.done(Action.ATTENDANCE_EXPORTED, caller.actor(), null, null)
                .with("kind", kind)
                .with("from", from.toString())
                .with("to", to.toString())));
        return ResponseEntity.ok()
                .contentType(kind.equals("csv") ? MediaType.parseMediaType("text/csv;charset=UTF-8") : XLSX)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"timesheets-%s-%s.%s\"".formatted(from, to, kind))
                .body(content);
    }

    private static Problem ownTime(Corrections.OwnTime e) {
        return new Problem(ProblemType.NOT_ALLOWED, String.valueOf(e.getMessage()), e);
    }
}
