package org.vultus.server.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180): fields may be quoted, and a quoted one may hold commas, line ends and doubled quotes. What
 * separates is the first comma or semicolon outside of quotes: with semicolons spreadsheets save in countries with a decimal comma.
 */
public final class Csv {
    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private Csv(String text) {
        // Spreadsheets put a byte order mark before UTF-8.
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.separator = separator(this.text);
    }

    private static char separator(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                return c;
            }
        }
        return ',';
    }

    /**
     * One record.
     *
     * @param line where it begins, 1 for the first
     * @param fields without quotes and outer blanks
     */
    public record Row(int line, List<String> fields) {}

    /** A quote is not closed or stands where none may; the message names the line. */
    public static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private final int line;
        private final String problem;

        Malformed(int line, String problem) {
            super("line %d: %s".formatted(line, problem));
            this.line = line;
            this.problem = problem;
        }

        /** 1 for the first. */
        public int line() {
            return line;
        }

        /** Without the line. */
        public String problem() {
            return problem;
        }
    }

    /**
     * The records; lines that hold nothing are none.
     *
     * @throws Malformed which names the line if a quote is not closed or stands where none may
     */
    public static List<Row> read(String text) {
        Csv csv = new Csv(text);
        List<Row> rows = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            Row row = csv.row();
            if (!row.fields().stream().allMatch(String::isEmpty)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int first = line;
        List<String> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (skip(separator));
        skip('\r');
        if (at < text.length() && !skip('\n')) {
            throw new Malformed(line, "a quote is out of place");
        }
        line++;
        return new Row(first, fields);
    }

    private String field() {
        while (skip(' ')) {}
        if (!skip('"')) {
            int start = at;
            while (at < text.length() && text.charAt(at) != separator && "\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at).strip();
        }
        int first = line;
        StringBuilder field = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && !skip('"')) {
                while (skip(' ')) {}
                return field.toString().strip();
            }
            if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        throw new Malformed(first, "a quote is not closed");
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }
}
