package org.vultus.attendance.timesheet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Leave;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.UnpaidBreak;

/** A person's record, written down in words of the wall clock, for tests. */
final class Desk {
    static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    final ZoneId zone;
    final UUID subject = new UUID(1, 1);
    final UUID department = new UUID(2, 2);
    final UUID manager = new UUID(3, 3);
    final List<Shift> shifts = new ArrayList<>();
    final List<Roster> rosters = new ArrayList<>();
    final List<Holiday> holidays = new ArrayList<>();
    final List<RuleVersion> rules = new ArrayList<>();
    final List<Punch> punches = new ArrayList<>();
    final List<Voiding> voidings = new ArrayList<>();
    final List<Assignment> assignments = new ArrayList<>();
    final List<Leave> leaves = new ArrayList<>();
    final List<OvertimeApproval> overtime = new ArrayList<>();
    private long next;

    Desk(String zone) {
        this.zone = ZoneId.of(zone);
    }

    UUID id() {
        return new UUID(9, next++);
    }

    Instant moment(String local) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    Punch punch(String local) {
        return punch(moment(local), null);
    }

    Punch in(String local) {
        return punch(moment(local), Direction.IN);
    }

    Punch out(String local) {
        return punch(moment(local), Direction.OUT);
    }

    Punch punch(Instant at, Direction direction) {
        return received(at, at, direction);
    }

    Punch received(Instant captured, Instant received, Direction direction) {
        Punch punch = new Punch(
                id(),
                next,
                subject,
                department,
                captured,
                received,
                new UUID(4, 4),
                Method.FACE,
                direction,
                null,
                null);
        punches.add(punch);
        return punch;
    }

    Punch manual(String local, Direction direction, Instant recorded) {
        Punch punch = new Punch(
                id(),
                null,
                subject,
                department,
                moment(local),
                recorded,
                null,
                Method.MANUAL,
                direction,
                manager,
                "forgot");
        punches.add(punch);
        return punch;
    }

    void voided(Punch punch, Instant at) {
        voidings.add(new Voiding(id(), punch.eventId(), subject, manager, "wrong person", at));
    }

    Shift shift(String start, String end, UnpaidBreak... breaks) {
        return add(new Shift(
                id(),
                start + "–" + end,
                LocalTime.parse(start),
                LocalTime.parse(end),
                Duration.ofHours(2),
                Duration.ofHours(4),
                Duration.ofMinutes(15),
                Duration.ZERO,
                List.of(breaks),
                Duration.ZERO,
                false));
    }

    Shift add(Shift shift) {
        shifts.add(shift);
        return shift;
    }

    /** Somebody who has this cycle from its anchor on. */
    Roster cycle(String anchor, boolean holidaysOff, List<List<Shift>> days) {
        Roster roster = new Roster(
                id(),
                "roster " + next,
                zone,
                LocalDate.parse(anchor),
                days.stream().map(day -> day.stream().map(Shift::id).toList()).toList(),
                holidaysOff);
        rosters.add(roster);
        assignments.add(new Assignment(id(), subject, roster.id(), LocalDate.parse(anchor), manager, LONG_AGO));
        return roster;
    }

    void everyDay(Shift... shifts) {
        cycle("2020-01-06", true, List.of(List.of(shifts)));
    }

    void holiday(String day) {
        holidays.add(new Holiday(id(), LocalDate.parse(day), "Holiday", null, LONG_AGO, null));
    }

    void leave(String from, String to) {
        leaves.add(new Leave(
                id(), subject, LocalDate.parse(from), LocalDate.parse(to), "vacation", manager, LONG_AGO, null));
    }

    void rules(String from, Rules rules) {
        this.rules.add(new RuleVersion(this.rules.size() + 1, LocalDate.parse(from), null, rules, LONG_AGO));
    }

    SiteRecord site() {
        return new SiteRecord(new Planning(zone, shifts, rosters, holidays), List.copyOf(rules), Duration.ofMinutes(1));
    }

    PersonRecord person() {
        return person(punches);
    }

    PersonRecord person(List<Punch> delivered) {
        return new PersonRecord(subject, department, delivered, voidings, assignments, leaves, overtime);
    }

    Timesheet sheet(String from, String to, Instant asOf) {
        return TimesheetCalculation.of(site(), person(), LocalDate.parse(from), LocalDate.parse(to), asOf);
    }

    Timesheet sheet(String from, String to) {
        return sheet(from, to, EVER);
    }

    Workday day(String day) {
        return sheet(day, day).days().getFirst();
    }
}
