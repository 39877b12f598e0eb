package org.vultus.attendance.roster;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.vultus.attendance.shift.ScheduledShift;

/**
 * What a day holds for a person.
 *
 * @param shifts in order; also those of a holiday or a leave, which say to which day a punch belongs
 * @param planned whether a roster says so; otherwise the default shift measures those who come, and nobody is absent
 */
public record DayPlan(LocalDate day, ZoneId zone, Kind kind, List<ScheduledShift> shifts, boolean planned) {

    /** Names are stable: they are part of the API. */
    public enum Kind {
        WORK,
        /** The roster has no shift. */
        REST,
        HOLIDAY,
        LEAVE
    }

    /** Whether the person is missed when they do not come. */
    public boolean expected() {
        return planned
                && kind == Kind.WORK
                && shifts.stream().anyMatch(s -> !s.shift().onCall());
    }
}
