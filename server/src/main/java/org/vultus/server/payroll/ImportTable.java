package org.vultus.server.payroll;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vultus.server.csv.Csv;

/** A table of comma-separated values with a head, read line by line; what is wrong with a line is noted with its number. */
final class ImportTable {
    private static final int MOST_LINES = 10_000;

    private final List<Line> lines = new ArrayList<>();
    private final List<Wrong> wrong = new ArrayList<>();

    /** @param line 1 for the first line of the file */
    record Wrong(int line, String problem) {}

    /** A line by the names of its columns; blank fields are absent. */
    record Line(int number, Map<String, String> fields) {
        Optional<String> get(String column) {
            return Optional.ofNullable(fields.get(column));
        }

        /** A time such as 08:00. */
        LocalTime time(String column) {
            try {
                return LocalTime.parse(need(column));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "%s is a time such as 08:00, not \"%s\"".formatted(column, need(column)), e);
            }
        }

        /** A day such as 2026-12-25. */
        LocalDate day(String column) {
            try {
                return LocalDate.parse(need(column));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "%s is a day such as 2026-12-25, not \"%s\"".formatted(column, need(column)), e);
            }
        }

        /** @throws IllegalArgumentException when there is nothing */
        String need(String column) {
            return get(column).orElseThrow(() -> new IllegalArgumentException(column + " is missing"));
        }
    }

    /**
     * @param sent absent where nothing was
     * @param required columns that the head must have
     * @param further ones that it may have
     */
    static ImportTable read(byte @Nullable [] sent, List<String> required, List<String> further) {
        ImportTable table = new ImportTable();
        byte[] content = sent == null ? new byte[0] : sent;
        List<Csv.Row> rows;
        try {
            rows = Csv.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            table.wrong.add(new Wrong(1, "the file is not UTF-8; save it as \"CSV UTF-8\""));
            return table;
        } catch (Csv.Malformed e) {
            table.wrong.add(new Wrong(e.line(), e.problem()));
            return table;
        }
        if (rows.isEmpty()) {
            table.wrong.add(new Wrong(1, "the file is empty"));
            return table;
        }
        List<String> head = rows.getFirst().fields();
        Set<String> known = new TreeSet<>(required);
        known.addAll(further);
        required.stream()
                .filter(column -> !head.contains(column))
                .forEach(column -> table.wrong.add(new Wrong(1, "the column " + column + " is missing")));
        head.stream()
                .filter(column -> !known.contains(column))
                .forEach(column -> table.wrong.add(
                        new Wrong(1, "there is no column \"%s\"; those are %s".formatted(column, known))));
        if (head.stream().distinct().count() < head.size()) {
            table.wrong.add(new Wrong(1, "a column stands twice"));
        }
        if (rows.size() > MOST_LINES + 1) {
            table.wrong.add(new Wrong(1, "at most %d lines are taken at once".formatted(MOST_LINES)));
        }
        if (table.wrong.isEmpty()) {
            rows.subList(1, rows.size()).forEach(row -> table.add(head, row));
        }
        return table;
    }

    private void add(List<String> head, Csv.Row row) {
        if (row.fields().size() != head.size()) {
            wrong.add(new Wrong(
                    row.line(),
                    "fields: %d, and in the head %d".formatted(row.fields().size(), head.size())));
            return;
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < head.size(); i++) {
            if (!row.fields().get(i).isEmpty()) {
                fields.put(head.get(i), row.fields().get(i));
            }
        }
        lines.add(new Line(row.line(), fields));
    }

    /** Makes something of each line; what it throws is noted as wrong with the line. */
    <T> List<T> each(Function<Line, T> made) {
        List<T> all = new ArrayList<>();
        for (Line line : lines) {
            try {
                all.add(made.apply(line));
            } catch (IllegalArgumentException | DateTimeException e) {
                wrong.add(new Wrong(line.number(), String.valueOf(e.getMessage())));
            }
        }
        return all;
    }

    int size() {
        return lines.size();
    }

    /** By line. */
    List<Wrong> wrong() {
        return wrong.stream().sorted(Comparator.comparingInt(Wrong::line)).toList();
    }
}
