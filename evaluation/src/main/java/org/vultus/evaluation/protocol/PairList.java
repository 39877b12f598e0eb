package org.vultus.evaluation.protocol;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code pairs.csv}: a header {@code probe,reference,mated}, then a pair a line, mated being 1 or 0. */
public final class PairList {
    private static final String HEADER = "probe,reference,mated";

    private PairList() {}

    /**
     * @param images the folder that the paths in the list are relative to; each is looked for
     * @throws UserError naming the line that is wrong
     */
    public static List<Pair> read(Path list, Path images) {
        List<String> lines = lines(list);
        // Spreadsheets begin their files with a byte order mark.
        if (lines.isEmpty()
                || !lines.getFirst().replaceFirst("^\uFEFF", "").strip().equals(HEADER)) {
            throw new UserError(list + " must begin with the line " + HEADER);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                pairs.add(pair(lines.get(i), list + " line " + (i + 1), images));
            }
        }
        if (pairs.stream().map(Pair::mated).distinct().count() < 2) {
            throw new UserError(list + " needs pairs of one person (mated 1) and of two people (mated 0)");
        }
        return pairs;
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

    private static Pair pair(String line, String where, Path images) {
        String[] fields = line.split(",", -1);
        if (fields.length != 3) {
            throw new UserError(where + ": expected " + HEADER + ", found \"" + line + "\"");
        }
        String mated = fields[2].strip();
        if (!mated.equals("1") && !mated.equals("0")) {
            throw new UserError(where + ": mated must be 1 or 0, not \"" + mated + "\"");
        }
        return new Pair(image(fields[0], where, images), image(fields[1], where, images), mated.equals("1"));
    }

    private static String image(String field, String where, Path images) {
        String name = field.strip();
        if (name.isEmpty() || !isFile(images, name)) {
            throw new UserError(where + ": there is no image \"" + name + "\" in " + images);
        }
        return name;
    }

    private static boolean isFile(Path images, String name) {
        try {
            return Files.isRegularFile(images.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
