package org.vultus.attendance.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.shift.ScheduledShift;
import org.vultus.attendance.shift.Shift;

/** The site's shifts, rosters and holidays. Immutable; safe for several threads. */
public final class Planning {
    /** Before it, or after {@link #LAST_DAY}, a day is a slip of the pen, and the database has not even all of them. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    public static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

    private static final List<Shift> DEFAULT = List.of(Shift.DEFAULT);

    private record Cycle(Roster roster, List<List<Shift>> days) {}

    private final ZoneId zone;
    private final Map<UUID, Cycle> rosters = new HashMap<>();
    private final Map<LocalDate, List<Holiday>> holidays = new HashMap<>();

    /**
     * @param zone of those who have no roster
     * @throws IllegalArgumentException when a roster names a shift that there is not
     */
    public Planning(ZoneId zone, List<Shift> shifts, List<Roster> rosters, List<Holiday> holidays) {
        this.zone = zone;
        Map<UUID, Shift> byId = new HashMap<>();
        byId.put(Shift.DEFAULT.id(), Shift.DEFAULT);
        shifts.forEach(shift -> byId.put(shift.id(), shift));
        for (Roster roster : rosters) {
            List<List<Shift>> days = new ArrayList<>();
            for (List<UUID> day : roster.days()) {
                days.add(day.stream().map(id -> shift(byId, id)).toList());
            }
            this.rosters.put(roster.id(), new Cycle(roster, days));
        }
        holidays.forEach(holiday -> this.holidays
                .computeIfAbsent(holiday.day(), day -> new ArrayList<>())
                .add(holiday));
    }

    private static Shift shift(Map<UUID, Shift> shifts, UUID id) {
        Shift shift = shifts.get(id);
        if (shift == null) {
            throw new IllegalArgumentException("there is no shift " + id);
        }
        return shift;
    }

    /** @throws IllegalArgumentException when nobody can have meant that day */
    static LocalDate plannable(LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException(
                    "the day %s is not between %s and %s".formatted(day, FIRST_DAY, LAST_DAY));
        }
        return day;
    }

    /**
     * A person's plan of a day.
     *
     * @param asOf what was recorded later is not known
     */
    public DayPlan plan(
            UUID department, List<Assignment> assignments, List<Leave> leaves, LocalDate day, Instant asOf) {
        Cycle cycle = cycle(assignments, day, asOf);
        ZoneId where = cycle == null ? zone : cycle.roster.zone();
        List<Shift> shifts = cycle == null ? DEFAULT : cycle.days.get(index(cycle.roster, day));
        DayPlan.Kind kind = kind(cycle, department, leaves, day, asOf, shifts.isEmpty());
        List<ScheduledShift> scheduled;
        if (shifts.size() == 1) {
            scheduled = List.of(ScheduledShift.of(shifts.getFirst(), day, where));
        } else {
            scheduled = shifts.stream()
                    .map(shift -> ScheduledShift.of(shift, day, where))
                    .toList();
        }
        return new DayPlan(day, where, kind, scheduled, cycle != null);
    }

    private static int index(Roster roster, LocalDate day) {
        return (int) Math.floorMod(day.toEpochDay() - roster.anchor().toEpochDay(), (long)
                roster.days().size());
    }

    private DayPlan.Kind kind(
            @Nullable Cycle cycle, UUID department, List<Leave> leaves, LocalDate day, Instant asOf, boolean empty) {
        for (Leave leave : leaves) {
            if (leave.covers(day, asOf)) {
                return DayPlan.Kind.LEAVE;
            }
        }
        if (cycle == null || cycle.roster.observesHolidays()) {
            for (Holiday holiday : holidays.getOrDefault(day, List.of())) {
                if (holiday.holds(department, asOf)) {
                    return DayPlan.Kind.HOLIDAY;
                }
            }
        }
        return empty ? DayPlan.Kind.REST : DayPlan.Kind.WORK;
    }

    private @Nullable Cycle cycle(List<Assignment> assignments, LocalDate day, Instant asOf) {
        Assignment best = null;
        for (Assignment one : assignments) {
            if (!one.from().isAfter(day)
                    && !one.recordedAt().isAfter(asOf)
                    && (best == null || supersedes(one, best))) {
                best = one;
            }
        }
        return best == null || best.roster() == null ? null : rosters.get(best.roster());
    }

    private static boolean supersedes(Assignment one, Assignment other) {
        int byDay = one.from().compareTo(other.from());
        int byTime = byDay != 0 ? byDay : one.recordedAt().compareTo(other.recordedAt());
        return (byTime != 0 ? byTime : one.id().compareTo(other.id())) > 0;
    }
}
