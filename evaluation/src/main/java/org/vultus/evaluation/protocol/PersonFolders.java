package org.vultus.evaluation.protocol;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder that holds one folder of images for each person. */
public final class PersonFolders {

    private PersonFolders() {}

    /**
     * The images of each person, both in the order of their names, as paths relative to {@code images}.
     *
     * @throws UserError when there is no such folder or nobody in it
     */
    public static SortedMap<String, List<String>> read(Path images) throws IOException {
        if (!Files.isDirectory(images)) {
            throw new UserError(images + " is not a folder");
        }
        SortedMap<String, List<String>> people = new TreeMap<>();
        try (Stream<Path> files = Files.walk(images, 2, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(f -> images.relativize(f).getNameCount() == 2 && isImage(f) && Files.isRegularFile(f))
                    .map(images::relativize)
                    .sorted()
                    .forEach(f -> people.computeIfAbsent(f.getName(0).toString(), p -> new ArrayList<>())
                            .add(f.toString()));
        }
        if (people.isEmpty()) {
            throw new UserError(images + " holds no folder with images; one folder for each person is expected");
        }
        return people;
    }

    public static boolean isImage(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png|webp)");
    }
}
