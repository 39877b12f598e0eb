package org.vultus.attendance.timesheet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * A person's days from one to another, both inclusive, and their sum.
 *
 * @param asOf what was recorded later is not in it
 */
public record Timesheet(UUID subject, LocalDate from, LocalDate to, Instant asOf, List<Workday> days, Hours total) {

    /** What is not the same on a day, in words of the API. */
    public record Difference(LocalDate day, String what, String before, String after) {}

    /** What changed since an earlier calculation of the same days. */
    public List<Difference> differencesFrom(Timesheet before) {
        TreeMap<LocalDate, Workday[]> pairs = new TreeMap<>();
        before.days.forEach(day -> pairs.computeIfAbsent(day.day(), d -> new Workday[2])[0] = day);
        days.forEach(day -> pairs.computeIfAbsent(day.day(), d -> new Workday[2])[1] = day);
        List<Difference> differences = new ArrayList<>();
        pairs.forEach((day, pair) -> {
            compare(differences, day, "punches", pair, Timesheet::punches);
            compare(differences, day, "remarks", pair, d -> new TreeSet<>(d.remarks()).toString());
            compare(differences, day, "rules", pair, d -> Integer.toString(d.rules()));
            compare(differences, day, "hours", pair, d -> d.hours().toString());
        });
        return List.copyOf(differences);
    }

    private static String punches(Workday day) {
        return day.stamps().stream()
                .map(stamp -> stamp.direction() + " " + stamp.punch().at())
                .toList()
                .toString();
    }

    private static void compare(
            List<Difference> to, LocalDate day, String what, Workday[] pair, Function<Workday, String> told) {
        String before = pair[0] == null ? "" : told.apply(pair[0]);
        String after = pair[1] == null ? "" : told.apply(pair[1]);
        if (!Objects.equals(before, after)) {
            to.add(new Difference(day, what, before, after));
        }
    }
}
