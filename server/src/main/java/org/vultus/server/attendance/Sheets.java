package org.vultus.server.attendance;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vultus.access.enrol.Register;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.attendance.timesheet.SiteRecord;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.TimesheetCalculation;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** The timesheets that a caller may see: their own, those of their department for its manager, all for an administrator or auditor. */
public final class Sheets {
    private static final int LONGEST_PERIOD_DAYS = 370;
    private static final int PAGE = 500;

    private final Records records;
    private final Subjects subjects;
    private final Register register;
    private final Departments departments;
    private final Kiosks kiosks;
    private final Clock clock;

    public Sheets(
            Records records,
            Subjects subjects,
            Register register,
            Departments departments,
            Kiosks kiosks,
            Clock clock) {
        this.records = records;
        this.subjects = subjects;
        this.register = register;
        this.departments = departments;
        this.kiosks = kiosks;
        this.clock = clock;
    }

    /** A person, the code of their department, and their timesheet. */
    public record Sheet(Subject person, String department, Timesheet timesheet) {}

    /** @throws Problem unless it is the caller's own, or that of somebody whom they may see */
    public Sheet one(Caller caller, UUID person, LocalDate from, LocalDate to, Optional<Instant> asOf) {
        if (!caller.subject().id().equals(person)) {
            requireManager(caller);
        }
        Register.Row row = register.find(person, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
        return calculate(List.of(row), from, to, asOf.orElseGet(this::now)).getFirst();
    }

    /**
     * Of whom; what is empty limits nothing.
     *
     * @param department its code
     * @param site the people of the departments that its kiosks serve, and whoever punched there in the period
     */
    public record Whom(Optional<String> department, Optional<String> site) {
        /** All that the caller may see. */
        public static final Whom EVERYBODY = new Whom(Optional.empty(), Optional.empty());

        /** A blank is taken for nothing, as a form sends it. */
        public Whom {
            department = department.filter(code -> !code.isBlank());
            site = site.filter(name -> !name.isBlank());
        }
    }

    /** @throws Problem when there is no such department or site for the caller: nothing would be told of people who are there */
    public List<Sheet> all(Caller caller, Whom whom, LocalDate from, LocalDate to, Optional<Instant> asOf) {
        requireManager(caller);
        // Before the work, so that a name that is wrong is told at once.
        whom.department().ifPresent(code -> requireDepartment(caller, code));
        Optional<List<Kiosk>> there = whom.site().map(this::of);
        List<Sheet> sheets = everybody(caller, whom.department(), from, to, asOf);
        return there.map(site -> at(site, sheets)).orElse(sheets);
    }

    private void requireDepartment(Caller caller, String code) {
        if (departments
                .findByCode(code)
                .filter(found -> caller.scope().covers(found.id()))
                .isEmpty()) {
            throw Problem.notFound("The department " + code);
        }
    }

    private List<Kiosk> of(String site) {
        List<Kiosk> found = kiosks.list().stream()
                .filter(kiosk -> kiosk.site().equals(site))
                .toList();
        if (found.isEmpty()) {
            throw Problem.notFound("The site " + site);
        }
        return found;
    }

    private static List<Sheet> at(List<Kiosk> site, List<Sheet> sheets) {
        Set<UUID> there = site.stream().map(Kiosk::id).collect(Collectors.toUnmodifiableSet());
        Set<UUID> served = site.stream()
                .filter(kiosk -> kiosk.removedAt() == null)
                .flatMap(kiosk -> kiosk.departments().stream())
                .collect(Collectors.toUnmodifiableSet());
        return sheets.stream()
                .filter(sheet -> served.contains(sheet.person().department())
                        || sheet.timesheet().days().stream()
                                .flatMap(day -> day.stamps().stream())
                                .map(stamp -> stamp.punch().kiosk())
                                .anyMatch(kiosk -> kiosk != null && there.contains(kiosk)))
                .toList();
    }

    /** The sites whose kiosks serve a department that the caller may see, by name. */
    public List<String> sites(Caller caller) {
        requireManager(caller);
        return kiosks.list().stream()
                .filter(kiosk -> kiosk.removedAt() == null)
                .filter(kiosk -> kiosk.departments().stream().anyMatch(caller.scope()::covers))
                .map(Kiosk::site)
                .distinct()
                .sorted()
                .toList();
    }

    private List<Sheet> everybody(
            Caller caller, Optional<String> department, LocalDate from, LocalDate to, Optional<Instant> asOf) {
        List<Register.Row> rows = new ArrayList<>();
        Register.Page page;
        do {
            page = register.list(new Register.Query("", department, rows.size(), PAGE), caller.scope());
            rows.addAll(page.rows());
        } while (!page.rows().isEmpty() && rows.size() < page.total());
        return calculate(
                rows.stream().filter(row -> row.subject().active()).toList(), from, to, asOf.orElseGet(this::now));
    }

    /** Somebody whose time the caller may correct. */
    public Subject managed(Caller caller, UUID person) {
        caller.require(Role.DEPARTMENT_MANAGER);
        return subjects.find(person, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
    }

    private static void requireManager(Caller caller) {
        caller.require(Role.DEPARTMENT_MANAGER, Role.AUDITOR);
    }

    /** @throws Problem when nobody can mean that period, or it is too long to be told at once */
    static void requirePeriod(LocalDate from, LocalDate to) {
        if (from.isBefore(Planning.FIRST_DAY) || to.isAfter(Planning.LAST_DAY)) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "A period lies in the years %d to %d."
                            .formatted(Planning.FIRST_DAY.getYear(), Planning.LAST_DAY.getYear()));
        }
        if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) > LONGEST_PERIOD_DAYS) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "A period is 1 to %d days, and from is not after to.".formatted(LONGEST_PERIOD_DAYS));
        }
    }

    private List<Sheet> calculate(List<Register.Row> rows, LocalDate from, LocalDate to, Instant asOf) {
        requirePeriod(from, to);
        SiteRecord site = records.site(from, to);
        List<PersonRecord> people =
                records.people(rows.stream().map(Register.Row::subject).toList(), from, to);
        List<Sheet> sheets = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            sheets.add(new Sheet(
                    rows.get(i).subject(),
                    rows.get(i).departmentCode(),
                    TimesheetCalculation.of(site, people.get(i), from, to, asOf)));
        }
        sheets.sort(Comparator.comparing((Sheet sheet) -> sheet.person().displayName())
                .thenComparing(sheet -> sheet.person().username()));
        return sheets;
    }

    /** In milliseconds, as it is stored. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** On the clock of those who have no roster. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), records.zone());
    }
}
