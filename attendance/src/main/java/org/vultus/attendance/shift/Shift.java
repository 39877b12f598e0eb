package org.vultus.attendance.shift;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/**
 * A stretch of work on the wall clock. Immutable, also where it is stored: another rule is another shift, so that a past day is
 * always calculated with the shift that it had.
 *
 * @param end not after {@code start} means on the next day; the same means 24 hours
 * @param earlyWindow from how long before the start a punch belongs to this shift
 * @param lateWindow until how long after the end a punch belongs to this shift
 * @param lateGrace until how long after the start, inclusive, an arrival is on time
 * @param earlyLeaveGrace from how long before the end, inclusive, a departure is on time
 * @param unpaidBreaks in order, within the shift
 * @param rounding the hours are counted from punches rounded to the nearest multiple of this, seen from the start; zero for none
 * @param onCall nobody is expected; work done is overtime
 */
public record Shift(
        UUID id,
        String name,
        LocalTime start,
        LocalTime end,
        Duration earlyWindow,
        Duration lateWindow,
        Duration lateGrace,
        Duration earlyLeaveGrace,
        List<UnpaidBreak> unpaidBreaks,
        Duration rounding,
        boolean onCall) {
    private static final Duration LONGEST_WINDOW = Duration.ofHours(16);

    /**
     * The shift of everybody who has no roster: 09:00–17:00, on time until 09:15:00 inclusive. Its windows fill the day up, so that
     * every punch belongs to it.
     */
    public static final Shift DEFAULT = new Shift(
            new UUID(0, 9),
            "Default",
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            Duration.ofHours(8),
            Duration.ofHours(8),
            Duration.ofMinutes(15),
            Duration.ZERO,
            List.of(),
            Duration.ZERO,
            false);

    public Shift {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("a shift's name is 1 to 100 characters");
        }
        if (start.getNano() != 0 || end.getNano() != 0) {
            throw new IllegalArgumentException("a shift begins and ends on a whole second, such as 08:00");
        }
        within("early window", earlyWindow, LONGEST_WINDOW);
        within("late window", lateWindow, LONGEST_WINDOW);
        within("late grace", lateGrace, Duration.ofHours(4));
        within("early-leave grace", earlyLeaveGrace, Duration.ofHours(4));
        within("rounding", rounding, Duration.ofHours(1));
        unpaidBreaks = List.copyOf(unpaidBreaks);
        long previous = 0;
        for (UnpaidBreak pause : unpaidBreaks) {
            long from = after(start, pause.start());
            long to = after(start, pause.end());
            if (from < previous || to <= from || to > length(start, end)) {
                throw new IllegalArgumentException("breaks lie within the shift, one after the other");
            }
            previous = to;
        }
    }

    private static void within(String what, Duration value, Duration longest) {
        if (value.isNegative() || value.compareTo(longest) > 0 || value.getNano() != 0) {
            throw new IllegalArgumentException("the %s is 0 to %d minutes".formatted(what, longest.toMinutes()));
        }
    }

    /** Seconds on the wall clock from one time to the next occurrence of another. */
    private static long after(LocalTime from, LocalTime to) {
        return Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), 86_400);
    }

    private static long length(LocalTime start, LocalTime end) {
        long length = after(start, end);
        return length == 0 ? 86_400 : length;
    }

    /** Its length on the wall clock. */
    public long seconds() {
        return length(start, end);
    }

    /** Whether it ends on the day after it began. */
    public boolean crossesMidnight() {
        return !end.isAfter(start);
    }
}
