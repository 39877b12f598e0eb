package org.vultus.attendance.roster;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.vultus.attendance.shift.Shift;

/**
 * A cycle of days, each with its shifts in order, repeated from the anchor on and before it. A week is a cycle of 7 from a Monday; a
 * rotation a longer one; 12×36 one of 2. Two shifts on a day are a split shift. Immutable, also where it is stored.
 *
 * @param zone whose clock its shifts follow
 * @param anchor a day that is the first of the cycle
 * @param days the identifiers of the shifts of each day
 * @param observesHolidays whether nobody is expected on a holiday
 */
public record Roster(
        UUID id, String name, ZoneId zone, LocalDate anchor, List<List<UUID>> days, boolean observesHolidays) {
    private static final int LONGEST = 371;
    private static final int MOST_SHIFTS = 4;
    /** 5 January 1970. */
    private static final LocalDate A_MONDAY = LocalDate.of(1970, 1, 5);

    public Roster {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("a roster's name is 1 to 100 characters");
        }
        Planning.plannable(anchor);
        if (days.isEmpty() || days.size() > LONGEST || days.stream().anyMatch(day -> day.size() > MOST_SHIFTS)) {
            throw new IllegalArgumentException(
                    "a roster has 1 to %d days of at most %d shifts".formatted(LONGEST, MOST_SHIFTS));
        }
        days = days.stream().map(List::copyOf).toList();
    }

    /** The same every week. */
    public static Roster weekly(UUID id, String name, ZoneId zone, Map<DayOfWeek, List<UUID>> week) {
        List<List<UUID>> days = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.add(week.getOrDefault(day, List.of()));
        }
        return new Roster(id, name, zone, A_MONDAY, days, true);
    }

    /** Twelve hours of work, thirty-six of rest: every second day, holidays too. */
    public static Roster twelveByThirtySix(UUID id, String name, ZoneId zone, LocalDate firstDay, UUID shift) {
        return new Roster(id, name, zone, firstDay, List.of(List.of(shift), List.of()), false);
    }

    /** A shift on a day of the cycle, in seconds of the wall clock since the cycle began. */
    private record Stretch(Shift shift, int day, long from, long to) {
        static Stretch of(Shift shift, int day) {
            long from = 86_400L * day + shift.start().toSecondOfDay();
            return new Stretch(shift, day, from, from + shift.seconds());
        }

        @Override
        public String toString() {
            return "%s (%s to %s)".formatted(shift.name(), shift.start(), shift.end());
        }
    }

    /**
     * The same with the shifts of each day by their start.
     *
     * @param shifts those that it names, by their identifiers
     * @throws IllegalArgumentException when somebody would be expected at two of them at once: of two that follow each other, also across
     *     midnight and from the end of the cycle to its beginning, the later begins before the earlier ends. Who is on call may be at work.
     */
    public Roster inOrder(Map<UUID, Shift> shifts) {
        List<List<UUID>> sorted = days.stream()
                .map(day -> day.stream()
                        .sorted(Comparator.comparing(id -> known(shifts, id).start()))
                        .toList())
                .toList();
        Stretch before = null;
        for (int day = 0; day < 2 * sorted.size(); day++) {
            for (UUID id : sorted.get(day % sorted.size())) {
                Stretch next = Stretch.of(known(shifts, id), day);
                if (next.shift.onCall()) {
                    continue;
                }
                if (before != null && next.from < before.to) {
                    throw new IllegalArgumentException("on day %d of the roster the shift %s begins before %s has ended"
                            .formatted(next.day % sorted.size() + 1, next, before));
                }
                before = next;
            }
        }
        return new Roster(id, name, zone, anchor, sorted, observesHolidays);
    }

    private static Shift known(Map<UUID, Shift> shifts, UUID id) {
        return Objects.requireNonNull(shifts.get(id));
    }

    /** The shifts of a day. */
    public List<UUID> on(LocalDate day) {
        return days.get((int) Math.floorMod(ChronoUnit.DAYS.between(anchor, day), (long) days.size()));
    }
}
