package org.vultus.attendance.shift;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A shift on a day in a time zone. Where clocks change, times are as {@link java.time.ZonedDateTime} resolves them: one that is skipped
 * is as much later, one that comes twice is its first. Lengths are elapsed time: the night to summer time is an hour shorter.
 *
 * @param day the day it begins on, which its punches belong to
 * @param breaks the unpaid breaks as moments
 */
public record ScheduledShift(Shift shift, LocalDate day, Instant start, Instant end, List<Span> breaks) {

    /** From one moment to another. */
    public record Span(Instant start, Instant end) {}

    public static ScheduledShift of(Shift shift, LocalDate day, ZoneId zone) {
        LocalDate last = shift.crossesMidnight() ? day.plusDays(1) : day;
        List<Span> breaks = shift.unpaidBreaks().isEmpty() ? List.of() : breaks(shift, day, zone);
        return new ScheduledShift(
                shift, day, moment(day.atTime(shift.start()), zone), moment(last.atTime(shift.end()), zone), breaks);
    }

    private static List<Span> breaks(Shift shift, LocalDate day, ZoneId zone) {
        List<Span> breaks = new ArrayList<>(shift.unpaidBreaks().size());
        for (UnpaidBreak pause : shift.unpaidBreaks()) {
            LocalDate from = pause.start().isBefore(shift.start()) ? day.plusDays(1) : day;
            LocalDate to = pause.end().isBefore(pause.start()) ? from.plusDays(1) : from;
            breaks.add(new Span(moment(from.atTime(pause.start()), zone), moment(to.atTime(pause.end()), zone)));
        }
        return List.copyOf(breaks);
    }

    private static Instant moment(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).toInstant();
    }

    /** The first moment whose punches belong to it. */
    public Instant opens() {
        return start.minus(shift.earlyWindow());
    }

    /** The first moment whose punches no longer belong to it. */
    public Instant closes() {
        return end.plus(shift.lateWindow());
    }

    /** What a first arrival at a moment is called. */
    public Status arrival(Instant at) {
        if (at.isAfter(end)) {
            return Status.OVERTIME;
        }
        if (at.isBefore(start)) {
            return Status.EARLY;
        }
        return shift.onCall() || !at.isAfter(start.plus(shift.lateGrace())) ? Status.ON_TIME : Status.LATE;
    }

    /** What a departure at a moment is called. */
    public Status departure(Instant at) {
        if (at.isAfter(end)) {
            return Status.OVERTIME;
        }
        return shift.onCall() || !at.isBefore(end.minus(shift.earlyLeaveGrace())) ? Status.ON_TIME : Status.LEFT_EARLY;
    }

    /** The elapsed time without the breaks, in seconds; none of one on call. */
    public long paidSeconds() {
        if (shift.onCall()) {
            return 0;
        }
        long seconds = end.getEpochSecond() - start.getEpochSecond();
        for (Span pause : breaks) {
            seconds -= pause.end().getEpochSecond() - pause.start().getEpochSecond();
        }
        return seconds;
    }
}
