package org.vultus.attendance.timesheet;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.punch.CountedPunches;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.rule.RuleVersion;

/**
 * From what was recorded to hours. A pure function: the same record gives the same timesheet, in whatever order it was delivered.
 *
 * <p>A punch belongs to the day whose shifts' windows hold it: from the early window of the first shift to the late window of the last.
 * Where the windows of two days overlap, they meet in the middle between the end of the one and the start of the other. What lies in no
 * window is work without a shift: it belongs to the day on which it began, for sixteen hours.
 */
public final class TimesheetCalculation {
    /** An unscheduled stretch is not longer: two punches further apart are two stretches with something missing. */
    private static final Duration LONGEST_STRETCH = Duration.ofHours(16);

    /** How many days before the first one punches are needed, so that what began earlier is not taken for what began then. */
    public static final int DAYS_BEFORE = 9;

    /** How many days after the last one punches are needed. */
    public static final int DAYS_AFTER = 2;

    private TimesheetCalculation() {}

    /** A day's plan, and from when to when punches belong to it. */
    private record Window(
            DayPlan plan, @Nullable Instant opens, @Nullable Instant closes) {}

    /**
     * @param to inclusive
     * @param asOf what was recorded later is not known; what is later has not happened
     */
    public static Timesheet of(SiteRecord site, PersonRecord person, LocalDate from, LocalDate to, Instant asOf) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the period ends before it begins");
        }
        CountedPunches punches = CountedPunches.of(person.punches(), person.voidings(), site.repeatInterval(), asOf);
        LocalDate monday = from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<Window> windows = windows(site, person, monday.minusDays(1), to.plusDays(1), asOf);
        List<WorkdayCount> counts = new ArrayList<>(windows.size());
        for (Window window : windows) {
            counts.add(new WorkdayCount(
                    window.plan, RuleVersion.on(window.plan.day(), person.department(), site.rules(), asOf)));
        }
        distribute(windows, counts, punches.counted(), asOf);
        for (Punch voided : punches.voided()) {
            int day = windowOf(windows, voided.at());
            if (day >= 0) {
                counts.get(day).corrected();
            }
        }
        List<Workday> days = new ArrayList<>(counts.size());
        Hours total = Hours.NONE;
        long week = 0;
        // The first and the last are neighbours, there only to take the punches that are theirs.
        for (int i = 1; i < counts.size() - 1; i++) {
            WorkdayCount count = counts.get(i);
            LocalDate day = count.plan.day();
            week = (day.getDayOfWeek() == DayOfWeek.MONDAY ? 0 : week);
            week += count.limit(week);
            if (!day.isBefore(from)) {
                Instant closes = windows.get(i).closes;
                Workday done = count.done(approved(person, day, asOf), closes != null && !closes.isAfter(asOf));
                days.add(done);
                total = total.plus(done.hours());
            }
        }
        return new Timesheet(person.subject(), from, to, asOf, List.copyOf(days), total);
    }

    private static List<Window> windows(
            SiteRecord site, PersonRecord person, LocalDate first, LocalDate last, Instant asOf) {
        List<Window> windows = new ArrayList<>();
        Instant previousEnd = null;
        int previous = -1;
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            DayPlan plan = site.planning().plan(person.department(), person.assignments(), person.leaves(), day, asOf);
            if (plan.shifts().isEmpty()) {
                windows.add(new Window(plan, null, null));
                continue;
            }
            Instant opens = plan.shifts().getFirst().opens();
            Instant closes = plan.shifts().getLast().closes();
            if (previousEnd != null && previous >= 0) {
                Window before = windows.get(previous);
                if (before.closes != null && before.closes.isAfter(opens)) {
                    Instant middle =
                            middle(previousEnd, plan.shifts().getFirst().start());
                    opens = later(opens, middle);
                    windows.set(previous, new Window(before.plan, before.opens, earlier(before.closes, opens)));
                }
            }
            previousEnd = plan.shifts().getLast().end();
            previous = windows.size();
            windows.add(new Window(plan, opens, closes));
        }
        return windows;
    }

    private static Instant middle(Instant a, Instant b) {
        return Instant.ofEpochSecond(Math.floorDiv(a.getEpochSecond() + b.getEpochSecond(), 2L));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static boolean holds(Window window, Instant at) {
        return window.opens != null
                && window.closes != null
                && !at.isBefore(window.opens)
                && at.isBefore(window.closes);
    }

    private static int windowOf(List<Window> windows, Instant at) {
        for (int i = 0; i < windows.size(); i++) {
            if (holds(windows.get(i), at)) {
                return i;
            }
        }
        return -1;
    }

    /** Gives each punch to its day. Both lists are in order, so one pass is enough. */
    private static void distribute(List<Window> windows, List<WorkdayCount> counts, List<Punch> punches, Instant asOf) {
        List<Punch> loose = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (window.opens == null || window.closes == null) {
                continue;
            }
            while (next < punches.size() && punches.get(next).at().isBefore(window.opens)) {
                loose.add(punches.get(next++));
            }
            int first = next;
            while (next < punches.size() && punches.get(next).at().isBefore(window.closes)) {
                next++;
            }
            if (next > first) {
                counts.get(i).pair(punches.subList(first, next), true, !window.closes.isAfter(asOf));
            }
        }
        loose.addAll(punches.subList(next, punches.size()));
        if (!loose.isEmpty()) {
            unscheduled(counts, loose, asOf);
        }
    }

    private static void unscheduled(List<WorkdayCount> counts, List<Punch> loose, Instant asOf) {
        TreeMap<LocalDate, WorkdayCount> byDay = new TreeMap<>();
        counts.forEach(count -> byDay.put(count.plan.day(), count));
        int first = 0;
        while (first < loose.size()) {
            Instant began = loose.get(first).at();
            Instant ends = began.plus(LONGEST_STRETCH);
            int end = first + 1;
            while (end < loose.size() && loose.get(end).at().isBefore(ends)) {
                end++;
            }
            // The clock of the plan of about that day; it differs between days only where a roster of another zone
            // begins.
            WorkdayCount about = byDay.firstEntry().getValue();
            LocalDate day = LocalDate.ofInstant(began, about.plan.zone());
            WorkdayCount count = byDay.get(day);
            if (count != null) {
                day = LocalDate.ofInstant(began, count.plan.zone());
                WorkdayCount there = byDay.getOrDefault(day, count);
                there.pair(loose.subList(first, end), false, !ends.isAfter(asOf));
            }
            first = end;
        }
    }

    private static @Nullable Long approved(PersonRecord person, LocalDate day, Instant asOf) {
        OvertimeApproval last = null;
        for (OvertimeApproval one : person.overtime()) {
            if (one.day().equals(day)
                    && !one.recordedAt().isAfter(asOf)
                    && (last == null
                            || one.recordedAt().isAfter(last.recordedAt())
                            || (one.recordedAt().equals(last.recordedAt())
                                    && one.id().compareTo(last.id()) > 0))) {
                last = one;
            }
        }
        return last == null ? null : last.seconds();
    }
}
