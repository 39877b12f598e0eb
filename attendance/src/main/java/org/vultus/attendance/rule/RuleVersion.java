package org.vultus.attendance.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rules from a day on. Of two that hold on a day, the one of the department goes before the site's, then the one that begins later, then
 * the one recorded later, which is the higher number.
 *
 * @param number 0 for {@link Rules#DEFAULT}, then counted up
 * @param department where; {@code null} for everywhere
 */
public record RuleVersion(
        int number, LocalDate from, @Nullable UUID department, Rules rules, Instant recordedAt) {

    /** What holds where nothing was decided. */
    public static final RuleVersion FIRST = new RuleVersion(0, LocalDate.MIN, null, Rules.DEFAULT, Instant.MIN);

    /** The version that holds on a day, as known at a moment. */
    public static RuleVersion on(LocalDate day, UUID department, List<RuleVersion> versions, Instant asOf) {
        RuleVersion best = FIRST;
        for (RuleVersion one : versions) {
            boolean holds = !one.from.isAfter(day)
                    && !one.recordedAt.isAfter(asOf)
                    && (one.department == null || one.department.equals(department));
            if (holds && one.supersedes(best)) {
                best = one;
            }
        }
        return best;
    }

    private boolean supersedes(RuleVersion other) {
        if ((department == null) != (other.department == null)) {
            return department != null;
        }
        int byDay = from.compareTo(other.from);
        return byDay != 0 ? byDay > 0 : number > other.number;
    }
}
