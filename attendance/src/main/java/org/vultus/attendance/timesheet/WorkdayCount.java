package org.vultus.attendance.timesheet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.ScheduledShift;
import org.vultus.attendance.shift.Status;

/** One day while it is counted: pairs punches, calls them, divides the time. Hours are counted from whole seconds of the punches. */
final class WorkdayCount {
    final DayPlan plan;
    private final RuleVersion version;
    private final Rules rules;
    private final List<Session> sessions = new ArrayList<>(2);
    private final Set<Remark> remarks = EnumSet.noneOf(Remark.class);
    private final boolean ordinary;
    private long present;
    private long uncounted;
    private long regular;
    private long overtime;
    private long night;

    WorkdayCount(DayPlan plan, RuleVersion version) {
        this.plan = plan;
        this.version = version;
        this.rules = version.rules();
        this.ordinary = plan.kind() == DayPlan.Kind.WORK;
    }

    void corrected() {
        remarks.add(Remark.CORRECTED);
    }

    /**
     * Pairs the punches of one stretch. Where nobody said the direction, it is the other than before, and IN at first.
     *
     * @param scheduled whether they lie in the windows of the day's shifts
     * @param over whether nothing more can come
     */
    void pair(List<Punch> punches, boolean scheduled, boolean over) {
        List<ScheduledShift> shifts = scheduled ? plan.shifts() : List.of();
        boolean[] arrived = new boolean[shifts.size()];
        boolean[] leftEarly = new boolean[shifts.size()];
        Stamp open = null;
        for (Punch punch : punches) {
            note(punch);
            Direction direction =
                    punch.direction() != null ? punch.direction() : open == null ? Direction.IN : Direction.OUT;
            if (direction == Direction.IN) {
                if (open != null) {
                    sessions.add(new Session(open, null, 0));
                    remarks.add(Remark.MISSING_OUT);
                }
                open = new Stamp(punch, direction, arrival(punch.at(), shifts, arrived, leftEarly));
            } else {
                Stamp out = new Stamp(punch, direction, departure(punch.at(), shifts, leftEarly));
                if (open == null) {
                    remarks.add(Remark.MISSING_IN);
                    sessions.add(new Session(null, out, 0));
                } else {
                    close(open, out, shifts);
                }
                open = null;
            }
        }
        if (open != null) {
            sessions.add(new Session(open, null, 0));
            remarks.add(over ? Remark.MISSING_OUT : Remark.PRESENT);
        }
        for (boolean early : leftEarly) {
            if (early) {
                remarks.add(Remark.LEFT_EARLY);
            }
        }
        if (!scheduled && !punches.isEmpty()) {
            remarks.add(plan.kind() == DayPlan.Kind.WORK ? Remark.UNSCHEDULED : worked());
        } else if (!ordinary && !punches.isEmpty()) {
            remarks.add(worked());
        }
    }

    private Remark worked() {
        return switch (plan.kind()) {
            case HOLIDAY -> Remark.WORKED_ON_HOLIDAY;
            case LEAVE -> Remark.WORKED_ON_LEAVE;
            case REST, WORK -> Remark.WORKED_ON_REST_DAY;
        };
    }

    private void note(Punch punch) {
        if (punch.method() == Method.MANUAL) {
            remarks.add(Remark.CORRECTED);
        }
        if (punch.clockWrong()) {
            remarks.add(Remark.CLOCK_WRONG);
        }
        if (punch.late()) {
            remarks.add(Remark.DELIVERED_LATE);
        }
    }

    private Status arrival(Instant at, List<ScheduledShift> shifts, boolean[] arrived, boolean[] leftEarly) {
        if (!ordinary) {
            return Status.OVERTIME;
        }
        for (int i = 0; i < shifts.size(); i++) {
            ScheduledShift shift = shifts.get(i);
            if (!at.isAfter(shift.end())) {
                leftEarly[i] = false;
                Status status = arrived[i] ? Status.ON_TIME : shift.arrival(at);
                arrived[i] = true;
                if (status == Status.LATE) {
                    remarks.add(Remark.LATE);
                }
                return status;
            }
        }
        return Status.OVERTIME;
    }

    private Status departure(Instant at, List<ScheduledShift> shifts, boolean[] leftEarly) {
        if (!ordinary) {
            return Status.OVERTIME;
        }
        for (int i = shifts.size() - 1; i >= 0; i--) {
            ScheduledShift shift = shifts.get(i);
            if (at.isAfter(shift.start()) || i == 0) {
                Status status = shift.departure(at);
                leftEarly[i] = status == Status.LEFT_EARLY;
                return status;
            }
        }
        return Status.OVERTIME;
    }

    private void close(Stamp in, Stamp out, List<ScheduledShift> shifts) {
        long from = rounded(in.punch().at(), shifts);
        long to = Math.max(from, rounded(out.punch().at(), shifts));
        sessions.add(new Session(in, out, to - from));
        present += to - from;
        divide(from, to, shifts);
    }

    private static long rounded(Instant at, List<ScheduledShift> shifts) {
        long seconds = at.getEpochSecond();
        if (shifts.isEmpty()) {
            return seconds;
        }
        ScheduledShift shift = shifts.getFirst();
        long step = shift.shift().rounding().toSeconds();
        if (step == 0) {
            return seconds;
        }
        long origin = shift.start().getEpochSecond();
        return origin + Math.floorDiv(seconds - origin + step / 2, step) * step;
    }

    /** Cuts the time at the starts, ends and breaks of the shifts. */
    private void divide(long from, long to, List<ScheduledShift> shifts) {
        if (!ordinary || shifts.isEmpty()) {
            extra(from, to);
            return;
        }
        long at = from;
        for (int i = 0; i < shifts.size() && at < to; i++) {
            ScheduledShift shift = shifts.get(i);
            long start = shift.start().getEpochSecond();
            if (at < start) {
                long until = Math.min(to, start);
                if (i == 0 && !rules.countEarly()) {
                    uncounted += until - at;
                } else {
                    extra(at, until);
                }
                at = until;
            }
            long end = Math.min(to, shift.end().getEpochSecond());
            if (at < end) {
                within(at, end, shift);
                at = end;
            }
        }
        if (at < to) {
            extra(at, to);
        }
    }

    private void within(long from, long to, ScheduledShift shift) {
        long at = from;
        for (ScheduledShift.Span pause : shift.breaks()) {
            long start = Math.clamp(pause.start().getEpochSecond(), at, to);
            long end = Math.clamp(pause.end().getEpochSecond(), at, to);
            duty(at, start, shift);
            uncounted += end - start;
            at = end;
        }
        duty(at, to, shift);
    }

    private void duty(long from, long to, ScheduledShift shift) {
        if (shift.shift().onCall()) {
            extra(from, to);
        } else {
            regular += to - from;
            night(from, to);
        }
    }

    private void extra(long from, long to) {
        overtime += to - from;
        night(from, to);
    }

    private void night(long from, long to) {
        if (from >= to || rules.nightPercent() == 0) {
            return;
        }
        ZoneId zone = plan.zone();
        LocalDate last = LocalDate.ofInstant(Instant.ofEpochSecond(to), zone);
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(from), zone).minusDays(1);
        boolean overMidnight = !rules.nightEnd().isAfter(rules.nightStart());
        while (!day.isAfter(last)) {
            long start = day.atTime(rules.nightStart()).atZone(zone).toEpochSecond();
            long end = (overMidnight ? day.plusDays(1) : day)
                    .atTime(rules.nightEnd())
                    .atZone(zone)
                    .toEpochSecond();
            night += Math.max(0, Math.min(to, end) - Math.max(from, start));
            day = day.plusDays(1);
        }
    }

    /** Moves regular time above the day's threshold, and above what is left of the week's, to overtime. @return what is left regular */
    long limit(long regularThisWeek) {
        if (rules.dailyThreshold() != null) {
            move(regular - rules.dailyThreshold().toSeconds());
        }
        if (rules.weeklyThreshold() != null) {
            move(Math.min(
                    regular, regularThisWeek + regular - rules.weeklyThreshold().toSeconds()));
        }
        return regular;
    }

    private void move(long excess) {
        if (excess > 0) {
            regular -= excess;
            overtime += excess;
        }
    }

    /**
     * @param approved the seconds of overtime that were approved; {@code null} for no word on it
     * @param over whether the day's last shift can get no more punches
     */
    Workday done(@Nullable Long approved, boolean over) {
        long scheduled = 0;
        if (plan.expected()) {
            for (ScheduledShift shift : plan.shifts()) {
                scheduled += shift.paidSeconds();
            }
        }
        if (plan.expected() && sessions.isEmpty() && over) {
            remarks.add(Remark.ABSENT);
        }
        long unapproved = rules.approval() ? overtime - Math.min(overtime, approved == null ? 0 : approved) : 0;
        if (unapproved > 0) {
            remarks.add(Remark.OVERTIME_NOT_APPROVED);
        }
        long missing = over ? Math.max(0, scheduled - regular) : 0;
        Hours hours = new Hours(
                scheduled, present, uncounted, regular, bands(overtime - unapproved), unapproved, night, missing);
        // Stretches outside of the windows were added after those within.
        sessions.sort(Session.IN_ORDER);
        return new Workday(
                plan.day(), plan, List.copyOf(sessions), Collections.unmodifiableSet(remarks), hours, version.number());
    }

    private SortedMap<Integer, Long> bands(long paid) {
        if (paid == 0) {
            return Hours.NO_OVERTIME;
        }
        TreeMap<Integer, Long> bands = new TreeMap<>();
        if (!ordinary) {
            bands.put(rules.restDayPercent(), paid);
            return bands;
        }
        long first = rules.higherAfter() == null
                ? paid
                : Math.min(paid, rules.higherAfter().toSeconds());
        if (first > 0) {
            bands.put(rules.overtimePercent(), first);
        }
        if (paid > first) {
            bands.merge(rules.higherPercent(), paid - first, Long::sum);
        }
        return bands;
    }
}
