package org.vultus.server.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.subject.Subject;
import org.vultus.server.csv.Csv;

/** The list of people to enrol: a CSV file with a line of column names. */
final class People {
    private static final List<String> REQUIRED = List.of("username", "display_name", "department", "basis");
    private static final Set<String> OPTIONAL = Set.of("reason", "notice_version", "images");

    private People() {}

    /**
     * One line of the list.
     *
     * @param line where it stands
     * @param username as the server compares it
     * @param images folders or files below the folder of photos
     */
    record Person(
            int line,
            String username,
            String displayName,
            String department,
            LegalBasis basis,
            @Nullable String reason,
            String noticeVersion,
            List<String> images) {}

    /**
     * Reads the whole list.
     *
     * @param notice the version of the notice where a line names none
     * @throws CommandFailure that names every line which cannot be used: half a list is not enrolled
     */
    static List<Person> read(Path file, Optional<String> notice) throws IOException {
        List<Csv.Row> rows;
        try {
            rows = Csv.read(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw CommandFailure.usage(file + " is not UTF-8; save it as \"CSV UTF-8\"");
        } catch (Csv.Malformed e) {
            throw CommandFailure.usage(file + ", " + e.getMessage());
        }
        if (rows.isEmpty()) {
            throw CommandFailure.usage(file + " is empty");
        }
        List<String> columns = rows.getFirst().fields();
        requireColumns(file, columns);
        List<Person> people = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            try {
                Person person = person(columns, row, notice);
                Integer before = lines.putIfAbsent(person.username(), row.line());
                if (before != null) {
                    throw new IllegalArgumentException(
                            "%s stands on line %d already".formatted(person.username(), before));
                }
                people.add(person);
            } catch (IllegalArgumentException e) {
                problems.add("%s, line %d: %s".formatted(file, row.line(), e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw CommandFailure.usage(String.join(System.lineSeparator() + "vultus: ", problems));
        }
        return people;
    }

    private static void requireColumns(Path file, List<String> columns) {
        Set<String> wrong = new HashSet<>(columns);
        wrong.removeAll(REQUIRED);
        wrong.removeAll(OPTIONAL);
        if (!wrong.isEmpty()
                || !columns.containsAll(REQUIRED)
                || Set.copyOf(columns).size() < columns.size()) {
            throw CommandFailure.usage(
                    ("%s, line 1: the columns are %s and, where wanted, reason, notice_version and images,"
                                    + " separated by commas; here they are %s")
                            .formatted(file, String.join(", ", REQUIRED), String.join(",", columns)));
        }
    }

    private static Person person(List<String> columns, Csv.Row row, Optional<String> notice) {
        if (row.fields().size() != columns.size()) {
            throw new IllegalArgumentException("%d fields where the first line has %d"
                    .formatted(row.fields().size(), columns.size()));
        }
        Map<String, String> field = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            field.put(columns.get(i), row.fields().get(i));
        }
        for (String name : REQUIRED) {
            if (field.getOrDefault(name, "").isEmpty()) {
                throw new IllegalArgumentException(name + " is missing");
            }
        }
        LegalBasis basis = basis(field.getOrDefault("basis", ""));
        String reason = field.getOrDefault("reason", "");
        if (basis.needsReason() && reason.isEmpty()) {
            throw new IllegalArgumentException("the legal basis " + basis + " needs a reason");
        }
        String version = field.getOrDefault("notice_version", "");
        if (version.isEmpty()) {
            version = notice.orElseThrow(() ->
                    new IllegalArgumentException("notice_version is missing: give it here, or for all with --notice"));
        }
        String username = field.getOrDefault("username", "");
        String images = field.getOrDefault("images", "");
        return new Person(
                row.line(),
                Subject.normalise(username),
                field.getOrDefault("display_name", ""),
                field.getOrDefault("department", ""),
                basis,
                reason.isEmpty() ? null : reason,
                version,
                images.isEmpty() ? List.of(username) : List.of(images.split("\\s*;\\s*")));
    }

    private static LegalBasis basis(String name) {
        try {
            return LegalBasis.valueOf(
                    name.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "basis is one of %s, not \"%s\"".formatted(List.of(LegalBasis.values()), name), e);
        }
    }
}
