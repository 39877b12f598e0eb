package org.vultus.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.vultus.access.enrol.Enroller;
import org.vultus.biometrics.image.ImageLimits;

/** The photos of one person, found and checked before the server is troubled: whether they will do is for the server to say. */
sealed interface Photos {
    Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp");

    /** What the server takes at once, less the rest of the form. */
    long MAXIMUM_TOTAL = 99_000_000;

    /** @param files in the order of their names, folder by folder */
    record Found(List<Path> files) implements Photos {}

    /**
     * @param word for the report
     * @param what one sentence
     */
    record Unusable(String word, String what) implements Photos {}

    /**
     * Looks for them.
     *
     * @param root the folder of all photos
     * @param names folders or files below it
     */
    static Photos in(Path root, List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path path;
            try {
                path = root.resolve(name).normalize();
            } catch (InvalidPathException e) {
                return new Unusable("NO_SUCH_FOLDER", "\"" + name + "\" is no name of a folder");
            }
            if (!path.startsWith(root.normalize()) || !Files.exists(path)) {
                return new Unusable("NO_SUCH_FOLDER", "%s is not there".formatted(path));
            }
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(Photos::isImage).sorted().forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        if (files.size() < Enroller.MINIMUM_IMAGES || files.size() > Enroller.MAXIMUM_IMAGES) {
            return new Unusable(
                    "NUMBER_OF_IMAGES",
                    "%d images in %s; %d to %d are needed"
                            .formatted(
                                    files.size(),
                                    String.join("; ", names),
                                    Enroller.MINIMUM_IMAGES,
                                    Enroller.MAXIMUM_IMAGES));
        }
        long total = 0;
        for (Path file : files) {
            long size = Files.size(file);
            if (size > ImageLimits.DEFAULT.maxBytes()) {
                return new Unusable("TOO_LARGE", "%s is larger than 10 MB".formatted(file));
            }
            total += size;
        }
        return total > MAXIMUM_TOTAL
                ? new Unusable("TOO_LARGE", "the images are larger than 99 MB together")
                : new Found(List.copyOf(files));
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
