package org.vultus.attendance.timesheet;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Time in whole seconds. What was present is divided without rest: {@code present = uncounted + regular + all overtime + unapproved}.
 *
 * @param scheduled what the plan expected
 * @param present between arrivals and departures
 * @param uncounted of it, breaks and time before the start
 * @param regular of it, within the shifts and below the thresholds
 * @param overtime of it, by the percentage that is paid on top
 * @param unapproved of it, overtime that nobody approved where the rules want that
 * @param night of what counts, within the hours of the night premium
 * @param missing of what was scheduled and is over, not worked
 */
public record Hours(
        long scheduled,
        long present,
        long uncounted,
        long regular,
        SortedMap<Integer, Long> overtime,
        long unapproved,
        long night,
        long missing) {

    static final SortedMap<Integer, Long> NO_OVERTIME = Collections.unmodifiableSortedMap(new TreeMap<>());
    public static final Hours NONE = new Hours(0, 0, 0, 0, NO_OVERTIME, 0, 0, 0);

    /** All overtime that is paid. */
    public long overtimeSeconds() {
        long sum = 0;
        for (long seconds : overtime.values()) {
            sum += seconds;
        }
        return sum;
    }

    /** What counts as work. */
    public long worked() {
        return regular + overtimeSeconds() + unapproved;
    }

    Hours plus(Hours other) {
        SortedMap<Integer, Long> sum = overtime;
        if (!other.overtime.isEmpty()) {
            sum = new TreeMap<>(overtime);
            for (var entry : other.overtime.entrySet()) {
                sum.merge(entry.getKey(), entry.getValue(), Long::sum);
            }
        }
        return new Hours(
                scheduled + other.scheduled,
                present + other.present,
                uncounted + other.uncounted,
                regular + other.regular,
                sum,
                unapproved + other.unapproved,
                night + other.night,
                missing + other.missing);
    }
}
