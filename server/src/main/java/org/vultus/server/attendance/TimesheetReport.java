package org.vultus.server.attendance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.vultus.attendance.timesheet.Hours;
import org.vultus.attendance.timesheet.Workday;

/**
 * Timesheets as a table: a line for each person and day on which something was planned or punched, then a line with the person's sum.
 * Lengths are in whole seconds, so that a sum of lines is the sum that is told.
 */
final class TimesheetReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String SUM = "SUM";

    private final List<String> head;
    private final List<List<Object>> lines;

    private TimesheetReport(List<String> head, List<List<Object>> lines) {
        this.head = head;
        this.lines = lines;
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
        return new TimesheetReport(head, lines);
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

    byte[] xlsx() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Vultus", "1.0")) {
            Worksheet sheet = book.newWorksheet("Timesheets");
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
