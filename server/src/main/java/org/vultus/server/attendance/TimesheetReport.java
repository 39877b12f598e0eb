package org.vultus.server.attendance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.timesheet.Hours;
import org.vultus.attendance.timesheet.Remark;
import org.vultus.attendance.timesheet.Workday;

/**
 * Timesheets as a table: a line for each person and day on which something was planned or punched, then a line with the person's sum.
 * Lengths are in whole seconds, so that a sum of lines is the sum that is told.
 */
final class TimesheetReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String SUM = "SUM";

    /** The days that are counted for each person, by the name of their column. */
    private static final SequencedMap<String, Predicate<Workday>> COUNTED = counted();

    private static SequencedMap<String, Predicate<Workday>> counted() {
        SequencedMap<String, Predicate<Workday>> counted = new LinkedHashMap<>();
        counted.put("worked", day -> day.hours().worked() > 0);
        counted.put(
                "overtime", day -> day.hours().overtimeSeconds() + day.hours().unapproved() > 0);
        counted.put("absent", day -> day.remarks().contains(Remark.ABSENT));
        counted.put("leave", day -> day.plan().kind() == DayPlan.Kind.LEAVE);
        counted.put("late", day -> day.remarks().contains(Remark.LATE));
        counted.put(
                "missing_punch",
                day -> day.remarks().contains(Remark.MISSING_IN)
                        || day.remarks().contains(Remark.MISSING_OUT));
        return counted;
    }

    private final List<String> head;
    private final List<List<Object>> lines;
    private final List<String> sumsHead;
    private final List<List<Object>> sums;

    private TimesheetReport(
            List<String> head, List<List<Object>> lines, List<String> sumsHead, List<List<Object>> sums) {
        this.head = head;
        this.lines = lines;
        this.sumsHead = sumsHead;
        this.sums = sums;
    }

    static TimesheetReport of(List<Sheets.Sheet> sheets) {
        SortedSet<Integer> percents = new TreeSet<>();
        sheets.forEach(
                sheet -> percents.addAll(sheet.timesheet().total().overtime().keySet()));
        List<String> head = new ArrayList<>(List.of(
                "department",
                "username",
                "name",
                "day",
                "kind",
                "punches",
                "remarks",
                "rules",
                "scheduled_s",
                "present_s",
                "uncounted_s",
                "regular_s"));
        percents.forEach(percent -> head.add("overtime_" + percent + "_s"));
        head.addAll(List.of("overtime_unapproved_s", "night_s", "missing_s"));
        List<List<Object>> lines = new ArrayList<>();
        for (Sheets.Sheet sheet : sheets) {
            for (Workday day : sheet.timesheet().days()) {
                if (day.hours().scheduled() > 0
                        || !day.sessions().isEmpty()
                        || !day.remarks().isEmpty()) {
                    List<Object> line = person(sheet);
                    line.addAll(List.of(
                            day.day().toString(),
                            day.plan().kind().name(),
                            punches(day),
                            day.remarks().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
                            (long) day.rules()));
                    line.addAll(numbers(day.hours(), percents));
                    lines.add(line);
                }
            }
            List<Object> sum = person(sheet);
            sum.addAll(List.of(SUM, "", "", "", ""));
            sum.addAll(numbers(sheet.timesheet().total(), percents));
            lines.add(sum);
        }
        List<String> sumsHead = new ArrayList<>(head.subList(0, 3));
        COUNTED.keySet().forEach(what -> sumsHead.add(what + "_days"));
        sumsHead.addAll(head.subList(head.indexOf("scheduled_s"), head.size()));
        return new TimesheetReport(head, lines, sumsHead, sums(sheets, percents));
    }

    /** A line for each person, and one for all together, which is the sum of those above it. */
    private static List<List<Object>> sums(List<Sheets.Sheet> sheets, SortedSet<Integer> percents) {
        List<List<Object>> sums = new ArrayList<>();
        for (Sheets.Sheet sheet : sheets) {
            List<Object> line = person(sheet);
            COUNTED.values()
                    .forEach(is -> line.add(
                            sheet.timesheet().days().stream().filter(is).count()));
            line.addAll(numbers(sheet.timesheet().total(), percents));
            sums.add(line);
        }
        if (!sums.isEmpty()) {
            List<Object> all = new ArrayList<>(List.of(SUM, "", ""));
            for (int column = all.size(); column < sums.getFirst().size(); column++) {
                int of = column;
                all.add(sums.stream().mapToLong(line -> (Long) line.get(of)).sum());
            }
            sums.add(all);
        }
        return sums;
    }

    private static List<Object> person(Sheets.Sheet sheet) {
        return new ArrayList<>(List.of(
                sheet.department(), sheet.person().username(), sheet.person().displayName()));
    }

    private static String punches(Workday day) {
        ZoneId zone = day.plan().zone();
        return day.stamps().stream()
                .map(stamp ->
                        stamp.direction() + " " + TIME.format(stamp.punch().at().atZone(zone)) + " " + stamp.status())
                .collect(Collectors.joining("; "));
    }

    private static List<Object> numbers(Hours hours, SortedSet<Integer> percents) {
        List<Object> numbers =
                new ArrayList<>(List.of(hours.scheduled(), hours.present(), hours.uncounted(), hours.regular()));
        percents.forEach(percent -> numbers.add(hours.overtime().getOrDefault(percent, 0L)));
        numbers.addAll(List.of(hours.unapproved(), hours.night(), hours.missing()));
        return numbers;
    }

    /** RFC 4180 in UTF-8. */
    byte[] csv() {
        StringBuilder text = new StringBuilder();
        text.append(String.join(",", head)).append("\r\n");
        for (List<Object> line : lines) {
            text.append(line.stream().map(TimesheetReport::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Text that a spreadsheet would take for a formula is kept text (OWASP, CSV Injection). */
    private static String cell(Object value) {
        if (value instanceof Long) {
            return value.toString();
        }
        String text = value.toString();
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private static void write(Worksheet sheet, List<String> head, List<List<Object>> lines) {
        for (int column = 0; column < head.size(); column++) {
            sheet.value(0, column, head.get(column));
            sheet.style(0, column).bold().set();
        }
        for (int row = 0; row < lines.size(); row++) {
            List<Object> line = lines.get(row);
            for (int column = 0; column < line.size(); column++) {
                switch (line.get(column)) {
                    case Long number -> sheet.value(row + 1, column, number);
                    case Object text -> sheet.value(row + 1, column, text.toString());
                }
            }
        }
        sheet.freezePane(0, 1);
    }

    /** Each day in the first sheet; overtime, absences and hours of each person, and of all, in the second. */
    byte[] xlsx() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Vultus", "1.0")) {
            write(book.newWorksheet("Timesheets"), head, lines);
            write(book.newWorksheet("Sums"), sumsHead, sums);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
