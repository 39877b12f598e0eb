package org.vultus.attendance.rule;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How time is paid. {@link #DEFAULT} follows the usual Brazilian contract (Constitution Art. 7 XIII and XVI, CLT Art. 58, 59 and 73;
 * Lei 605/1949 for rest days); the reduced night hour of CLT Art. 73 §1 is left to payroll.
 *
 * @param countEarly whether time before the start of the shift is work; it is overtime then
 * @param dailyThreshold more regular time than this on one day is overtime; {@code null} for none
 * @param weeklyThreshold more regular time than this from Monday to Sunday is overtime; {@code null} for none
 * @param overtimePercent what overtime is paid on top
 * @param higherAfter overtime of one day beyond this is paid {@code higherPercent} on top; {@code null} for none
 * @param restDayPercent what all work on a rest day, a holiday or a leave is paid on top
 * @param nightStart from when on the night premium is paid
 * @param nightEnd until when
 * @param nightPercent the night premium
 * @param approval whether overtime counts only as far as it was approved
 */
public record Rules(
        boolean countEarly,
        @Nullable Duration dailyThreshold,
        @Nullable Duration weeklyThreshold,
        int overtimePercent,
        @Nullable Duration higherAfter,
        int higherPercent,
        int restDayPercent,
        LocalTime nightStart,
        LocalTime nightEnd,
        int nightPercent,
        boolean approval) {

    public static final Rules DEFAULT = new Rules(
            false,
            Duration.ofHours(8),
            Duration.ofHours(44),
            50,
            Duration.ofHours(2),
            100,
            100,
            LocalTime.of(22, 0),
            LocalTime.of(5, 0),
            20,
            false);

    public Rules {
        for (int percent : new int[] {overtimePercent, higherPercent, restDayPercent, nightPercent}) {
            if (percent < 0 || percent > 1000) {
                throw new IllegalArgumentException("a percentage on top is 0 to 1000");
            }
        }
        for (Duration threshold : new Duration[] {dailyThreshold, weeklyThreshold, higherAfter}) {
            if (threshold != null && (threshold.isNegative() || threshold.getNano() != 0)) {
                throw new IllegalArgumentException("a threshold is positive, in whole seconds");
            }
        }
    }
}
