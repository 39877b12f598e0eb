package org.vultus.server.payroll;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.brazil.Cpf;
import org.vultus.attendance.brazil.TaxNumbers;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.shift.UnpaidBreak;
import org.vultus.server.attendance.Sheets;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** People, shifts and holidays from CSV: all of a file or nothing, and nothing unless it is said. */
@RestController
@Tag(name = "Import")
final class ImportController {
    private final Subjects subjects;
    private final Departments departments;
    private final Shifts shifts;
    private final Rosters rosters;
    private final TaxNumbers numbers;
    private final Sheets sheets;
    private final AuditTrail audit;
    private final UnitOfWork work;

    ImportController(
            Subjects subjects,
            Departments departments,
            Shifts shifts,
            Rosters rosters,
            TaxNumbers numbers,
            Sheets sheets,
            AuditTrail audit,
            UnitOfWork work) {
        this.subjects = subjects;
        this.departments = departments;
        this.shifts = shifts;
        this.rosters = rosters;
        this.numbers = numbers;
        this.sheets = sheets;
        this.audit = audit;
        this.work = work;
    }

    /**
     * @param lines how many lines there are below the head
     * @param problems what is wrong, by line; nothing is taken where there is any
     * @param committed whether they were taken
     */
    record ImportJson(int lines, List<ImportTable.Wrong> problems, boolean committed) {}

    @PostMapping(path = "/api/attendance/import/people", consumes = "text/csv")
    @Operation(
            summary = "Creates people from CSV (username, display_name, department, cpf); a dry run unless commit=true",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            examples =
                                                    @ExampleObject(
                                                            "username,display_name,department,cpf\nana,Ana Souza,icu,529.982.247-25\n"))))
    ImportJson people(
            Caller caller,
            @RequestBody(required = false) byte @Nullable [] csv,
            @RequestParam(defaultValue = "false") boolean commit) {
        caller.requireAdmin();
        record NewPerson(Subject subject, @Nullable Cpf cpf) {}
        ImportTable table = ImportTable.read(csv, List.of("username", "display_name", "department"), List.of("cpf"));
        Set<String> names = new HashSet<>();
        Optional<Cpf> responsible = numbers.find(caller.subject().id());
        List<NewPerson> people = table.each(line -> {
            Subject subject = new Subject(
                    UUID.randomUUID(),
                    line.need("username"),
                    line.need("display_name"),
                    department(line.need("department")).id(),
                    Set.of(Role.STAFF),
                    true);
            requireNew(names.add(subject.username()), "the user name %s stands twice".formatted(subject.username()));
            requireNew(
                    subjects.findByUsername(subject.username(), new Scope.Everywhere())
                            .isEmpty(),
                    "the user name %s is taken".formatted(subject.username()));
            Optional<Cpf> cpf = line.get("cpf").map(Cpf::parse);
            if (cpf.isPresent() && responsible.isEmpty()) {
                throw new IllegalArgumentException(
                        "the files name who recorded a CPF: record your own first, PUT /api/attendance/people/%s/cpf"
                                .formatted(caller.subject().id()));
            }
            return new NewPerson(subject, cpf.orElse(null));
        });
        return finish(caller, table, "people", commit, () -> {
            for (NewPerson one : people) {
                if (!subjects.add(one.subject())) {
                    throw taken(one.subject().username());
                }
                if (one.cpf() != null) {
                    numbers.store(one.subject().id(), one.cpf(), responsible.orElseThrow(), sheets.now());
                }
                audit.append(AuditEvent.done(
                                Action.SUBJECT_CREATED,
                                caller.actor(),
                                one.subject().id(),
                                one.subject().department())
                        .with("roles", one.subject().roles().toString()));
            }
            return people.size();
        });
    }

    @PostMapping(path = "/api/attendance/import/shifts", consumes = "text/csv")
    @Operation(
            summary = "Adds shifts from CSV; lengths in minutes; a dry run unless commit=true",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            examples =
                                                    @ExampleObject(
                                                            "name,start,end,late_grace,breaks\nDay,08:00,17:00,10,12:00-13:00\n"))))
    ImportJson shifts(
            Caller caller,
            @RequestBody(required = false) byte @Nullable [] csv,
            @RequestParam(defaultValue = "false") boolean commit) {
        caller.requireAdmin();
        ImportTable table = ImportTable.read(
                csv,
                List.of("name", "start", "end"),
                List.of(
                        "early_window",
                        "late_window",
                        "late_grace",
                        "early_leave_grace",
                        "breaks",
                        "rounding",
                        "on_call"));
        Set<String> names = shifts.inUse().stream().map(Shift::name).collect(Collectors.toCollection(HashSet::new));
        names.add(Shift.DEFAULT.name());
        List<Shift> made = table.each(line -> {
            Shift shift = shift(line);
            requireNew(names.add(shift.name()), "there is a shift %s already".formatted(shift.name()));
            return shift;
        });
        return finish(caller, table, "shifts", commit, () -> {
            for (Shift shift : made) {
                if (!shifts.add(shift)) {
                    throw taken(shift.name());
                }
            }
            return made.size();
        });
    }

    private static Shift shift(ImportTable.Line line) {
        Shift usual = Shift.DEFAULT;
        return new Shift(
                UUID.randomUUID(),
                line.need("name"),
                line.time("start"),
                line.time("end"),
                minutes(line, "early_window", usual.earlyWindow()),
                minutes(line, "late_window", usual.lateWindow()),
                minutes(line, "late_grace", usual.lateGrace()),
                minutes(line, "early_leave_grace", usual.earlyLeaveGrace()),
                line.get("breaks").map(ImportController::breaks).orElse(List.of()),
                minutes(line, "rounding", usual.rounding()),
                truth(line.get("on_call").orElse("no")));
    }

    private static Duration minutes(ImportTable.Line line, String column, Duration usual) {
        Optional<String> text = line.get(column);
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.get().matches("\\d{1,4}")) {
            throw new IllegalArgumentException(column + " is a number of minutes");
        }
        return Duration.ofMinutes(Integer.parseInt(text.get()));
    }

    private static List<UnpaidBreak> breaks(String text) {
        return Arrays.stream(text.split("\\s+"))
                .map(one -> {
                    String[] ends = one.split("-", -1);
                    if (ends.length != 2) {
                        throw new IllegalArgumentException(
                                "a break is written 12:00-13:00, several with blanks between");
                    }
                    try {
                        return new UnpaidBreak(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(
                                "a break is written 12:00-13:00, not \"%s\"".formatted(one), e);
                    }
                })
                .toList();
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "yes", "true", "sim" -> true;
            case "no", "false", "não" -> false;
            default -> throw new IllegalArgumentException("on_call is yes or no");
        };
    }

    @PostMapping(path = "/api/attendance/import/holidays", consumes = "text/csv")
    @Operation(
            summary = "Adds holidays from CSV (day, name, department); a dry run unless commit=true",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            examples =
                                                    @ExampleObject(
                                                            "day,name,department\n2026-12-25,Natal,\n2026-01-25,Aniversário,icu\n"))))
    ImportJson holidays(
            Caller caller,
            @RequestBody(required = false) byte @Nullable [] csv,
            @RequestParam(defaultValue = "false") boolean commit) {
        caller.requireAdmin();
        record Key(LocalDate day, @Nullable UUID department) {}
        ImportTable table = ImportTable.read(csv, List.of("day", "name"), List.of("department"));
        Set<Key> known = new HashSet<>();
        List<Holiday> made = new ArrayList<>(table.each(line -> {
            UUID department =
                    line.get("department").map(code -> department(code).id()).orElse(null);
            LocalDate day = line.day("day");
            boolean there = rosters.holidays(day, day).stream()
                    .anyMatch(one -> one.removedAt() == null && Objects.equals(one.department(), department));
            requireNew(!there && known.add(new Key(day, department)), "%s is a holiday already".formatted(day));
            String name = line.need("name");
            if (name.length() > 200) {
                throw new IllegalArgumentException("a holiday's name is 1 to 200 characters");
            }
            return new Holiday(UUID.randomUUID(), day, name, department, sheets.now(), null);
        }));
        return finish(caller, table, "holidays", commit, () -> {
            made.forEach(rosters::add);
            return made.size();
        });
    }

    private ImportJson finish(Caller caller, ImportTable table, String kind, boolean commit, Supplier<Integer> taking) {
        boolean take = commit && table.wrong().isEmpty();
        if (take) {
            work.run(() -> {
                int taken = taking.get();
                audit.append(AuditEvent.done(Action.ATTENDANCE_IMPORTED, caller.actor(), null, null)
                        .with("kind", kind)
                        .with("lines", Integer.toString(taken)));
            });
        }
        return new ImportJson(table.size(), table.wrong(), take);
    }

    private Department department(String code) {
        return departments
                .findByCode(code)
                .orElseThrow(() -> new IllegalArgumentException("there is no department " + code));
    }

    private static void requireNew(boolean isNew, String otherwise) {
        if (!isNew) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Problem taken(String name) {
        return new Problem(ProblemType.ALREADY_EXISTS, "%s was taken meanwhile; nothing was imported.".formatted(name));
    }
}
