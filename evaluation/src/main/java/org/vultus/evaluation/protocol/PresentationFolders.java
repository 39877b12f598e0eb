package org.vultus.evaluation.protocol;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders of live faces and of attacks: {@code live} and {@code spoof}, or both below a folder for each source. */
public final class PresentationFolders {
    private static final String LIVE = "live";
    private static final String SPOOF = "spoof";

    private PresentationFolders() {}

    /**
     * One camera, place or kind of attack. The images stand in the order of their names, as paths relative to the folder that
     * was read.
     */
    public record Source(String name, List<String> bonaFide, List<String> attacks) {}

    /**
     * The sources in the order of their names; images may lie in folders of any depth below {@code live} and {@code spoof}.
     *
     * @throws UserError when there is no such folder or nothing in it
     */
    public static List<Source> read(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new UserError(data + " is not a folder");
        }
        List<Path> folders = new ArrayList<>(List.of(data));
        try (Stream<Path> inside = Files.list(data)) {
            inside.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        List<Source> sources = new ArrayList<>();
        for (Path folder : folders) {
            Source source = new Source(
                    folder.equals(data) ? "." : String.valueOf(folder.getFileName()),
                    images(data, folder.resolve(LIVE)),
                    images(data, folder.resolve(SPOOF)));
            if (!source.bonaFide().isEmpty() || !source.attacks().isEmpty()) {
                sources.add(source);
            }
        }
        if (sources.stream().allMatch(s -> s.bonaFide().isEmpty())
                || sources.stream().allMatch(s -> s.attacks().isEmpty())) {
            throw new UserError("%s must hold images in folders %s and %s, or in such folders of each source"
                    .formatted(data, LIVE, SPOOF));
        }
        return sources;
    }

    private static List<String> images(Path data, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(f -> PersonFolders.isImage(f) && Files.isRegularFile(f))
                    .map(f -> data.relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }
}
