package org.vultus.attendance.timesheet;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vultus.attendance.roster.DayPlan;

/**
 * A day of work: everything that began on it, also what ended after midnight.
 *
 * @param rules the number of the version of the rules
 */
public record Workday(
        LocalDate day, DayPlan plan, List<Session> sessions, Set<Remark> remarks, Hours hours, int rules) {

    /** The stamps in order. */
    public List<Stamp> stamps() {
        return sessions.stream()
                .flatMap(session -> Stream.of(Optional.ofNullable(session.in()), Optional.ofNullable(session.out()))
                        .flatMap(Optional::stream))
                .toList();
    }
}
