package org.vultus.evaluation.clips;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.evaluation.protocol.UserError;

/** Reads {@code clips.csv}: a header {@code file,label,expected}, then a clip a line. */
public final class ClipList {
    private static final String HEADER = "file,label,expected";

    private ClipList() {}

    /**
     * One clip.
     *
     * @param file as it is named in the list
     * @param live whether it shows a live person, rather than an attack
     * @param expected how often each gesture is to be seen; empty when nothing is
     */
    public record Clip(String file, Path path, boolean live, Map<Gesture, Integer> expected) {}

    /**
     * Paths are relative to the folder of the list; {@code expected} is like {@code BLINK:3;TURN_LEFT}.
     *
     * @throws UserError naming the line that is wrong
     */
    public static List<Clip> read(Path list) {
        List<String> lines = lines(list);
        if (lines.isEmpty()
                || !lines.getFirst().replaceFirst("^\uFEFF", "").strip().equals(HEADER)) {
            throw new UserError(list + " must begin with the line " + HEADER);
        }
        List<Clip> clips = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                clips.add(clip(list, lines.get(i), list + " line " + (i + 1)));
            }
        }
        if (clips.isEmpty()) {
            throw new UserError(list + " names no clip");
        }
        return clips;
    }

    private static List<String> lines(Path list) {
        try {
            return Files.readAllLines(list);
        } catch (NoSuchFileException e) {
            throw new UserError(list + " does not exist");
        } catch (MalformedInputException e) {
            throw new UserError(list + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UserError(list + " cannot be read: " + e.getMessage());
        }
    }

    private static Clip clip(Path list, String line, String where) {
        String[] fields = line.split(",", -1);
        if (fields.length != 3) {
            throw new UserError(where + ": expected " + HEADER + ", found \"" + line + "\"");
        }
        String label = fields[1].strip();
        if (!label.equals("live") && !label.equals("spoof")) {
            throw new UserError(where + ": label must be live or spoof, not \"" + label + "\"");
        }
        Path path = list.toAbsolutePath().resolveSibling(fields[0].strip()).normalize();
        if (fields[0].isBlank() || !Files.isRegularFile(path)) {
            throw new UserError(where + ": there is no clip \"" + fields[0].strip() + "\"");
        }
        return new Clip(fields[0].strip(), path, label.equals("live"), expected(fields[2], where));
    }

    private static Map<Gesture, Integer> expected(String field, String where) {
        Map<Gesture, Integer> expected = new EnumMap<>(Gesture.class);
        for (String item : field.replace("\"", "").split(";")) {
            if (item.isBlank()) {
                continue;
            }
            String[] parts = item.strip().split(":", 2);
            try {
                Gesture gesture = Gesture.valueOf(parts[0].strip().toUpperCase(Locale.ROOT));
                expected.merge(gesture, parts.length == 1 ? 1 : Integer.parseInt(parts[1].strip()), Integer::sum);
            } catch (IllegalArgumentException e) {
                throw new UserError(where + ": \"" + item.strip() + "\" is no action and count like BLINK:3");
            }
        }
        return expected;
    }
}
