package org.vultus.server.command;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of each person, as JSON Lines. Each line is on the disk before the next person's turn, so that a run which was
 * interrupted, by whatever, goes on where it stopped.
 */
final class EnrolmentReport implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
            .build();

    enum Outcome {
        ENROLLED,
        /** The photos, the person or the request cannot be accepted as they are. */
        REFUSED,
        /** The server could not do it this time. */
        FAILED
    }

    /** What is wrong with a photo, and what to do. */
    record Photo(
            String file, @Nullable String reason, @Nullable String detail, List<String> advice) {}

    /**
     * @param line of the list of people
     * @param at ISO 8601
     * @param created whether the person was new to the server
     * @param reason one stable word; absent for those enrolled
     */
    record Line(
            int line,
            String username,
            String at,
            Outcome outcome,
            boolean created,
            @Nullable Integer imagesUsed,
            @Nullable Integer quality,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable List<Photo> images) {

        static Line of(
                People.Person person,
                Instant at,
                Outcome outcome,
                boolean created,
                String reason,
                String detail,
                @Nullable List<Photo> images) {
            return new Line(
                    person.line(),
                    person.username(),
                    at.toString(),
                    outcome,
                    created,
                    null,
                    null,
                    reason,
                    detail,
                    images);
        }
    }

    /** The two fields that a later run needs. */
    private record Seen(@Nullable String username, @Nullable Outcome outcome) {}

    private static final String START = "{\"line\":";

    private final FileChannel channel;
    private final Set<String> enrolled;

    /**
     * Opens a report, new or begun.
     *
     * @throws CommandFailure if the file is something else, or another run is writing it
     */
    EnrolmentReport(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file);
            byte[] bytes = Files.readAllBytes(file);
            enrolled = enrolled(file, bytes);
            int end = whole(bytes);
            channel.truncate(end);
            channel.position(end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** User names of those whom the report, if there is one, says to be enrolled. */
    static Set<String> enrolledIn(Path file) throws IOException {
        return Files.exists(file) ? enrolled(file, Files.readAllBytes(file)) : Set.of();
    }

    /** User names of those who need not be enrolled again. */
    Set<String> enrolled() {
        return enrolled;
    }

    void add(Line line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void lock(Path file) throws IOException {
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false;
        }
        if (!ours) {
            throw CommandFailure.failed("another run is writing " + file);
        }
    }

    /** Where the last whole line ends. One without its end was being written when a run stopped, and is written anew. */
    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static Set<String> enrolled(Path file, byte[] bytes) {
        int end = whole(bytes);
        String rest = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
        if (!rest.startsWith(START) && !START.startsWith(rest)) {
            throw noReport(file);
        }
        Set<String> enrolled = new HashSet<>();
        for (String line :
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            Seen seen;
            try {
                seen = JSON.readValue(line, Seen.class);
            } catch (JacksonException e) {
                throw noReport(file);
            }
            if (seen.username() == null || seen.outcome() == null) {
                throw noReport(file);
            }
            if (seen.outcome() == Outcome.ENROLLED) {
                enrolled.add(seen.username());
            }
        }
        return enrolled;
    }

    private static CommandFailure noReport(Path file) {
        return CommandFailure.usage(file + " is no report of an enrolment; name another file with --report");
    }
}
