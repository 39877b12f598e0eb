package org.vultus.attendance.clock;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.attendance.timesheet.SiteRecord;
import org.vultus.attendance.timesheet.TimesheetCalculation;

/**
 * Gathers what the calculation needs, for many people at once. Safe for several threads.
 *
 * @param zone of those who have no roster
 * @param repeatInterval within this time after a punch another is the same one
 */
public record Records(
        Shifts shifts,
        Rosters rosters,
        RuleBook rules,
        Punches punches,
        Approvals approvals,
        ZoneId zone,
        Duration repeatInterval) {

    /** @param to inclusive */
    public SiteRecord site(LocalDate from, LocalDate to) {
        Planning planning = new Planning(
                zone,
                shifts.all(),
                rosters.all(),
                rosters.holidays(first(from), to.plusDays(TimesheetCalculation.DAYS_AFTER)));
        return new SiteRecord(planning, rules.all(), repeatInterval);
    }

    /**
     * In the order of the people.
     *
     * @param to inclusive
     */
    public List<PersonRecord> people(Collection<Subject> people, LocalDate from, LocalDate to) {
        List<UUID> ids = people.stream().map(Subject::id).toList();
        var punched = by(
                punches.of(
                        ids,
                        first(from).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        to.plusDays(TimesheetCalculation.DAYS_AFTER + 1L)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()),
                punch -> punch.subject());
        var voided = by(punches.voidings(ids), voiding -> voiding.subject());
        var assigned = by(rosters.assignments(ids), assignment -> assignment.subject());
        var leaves = by(rosters.leaves(ids), leave -> leave.subject());
        var overtime = by(approvals.overtime(ids), approval -> approval.subject());
        return people.stream()
                .map(subject -> new PersonRecord(
                        subject.id(),
                        subject.department(),
                        punched.getOrDefault(subject.id(), List.of()),
                        voided.getOrDefault(subject.id(), List.of()),
                        assigned.getOrDefault(subject.id(), List.of()),
                        leaves.getOrDefault(subject.id(), List.of()),
                        overtime.getOrDefault(subject.id(), List.of())))
                .toList();
    }

    private static LocalDate first(LocalDate from) {
        return from.minusDays(TimesheetCalculation.DAYS_BEFORE + 1L);
    }

    private static <T> Map<UUID, List<T>> by(List<T> all, Function<T, UUID> whose) {
        Map<UUID, List<T>> sorted = new HashMap<>();
        for (T one : all) {
            sorted.computeIfAbsent(whose.apply(one), id -> new ArrayList<>()).add(one);
        }
        return sorted;
    }
}
