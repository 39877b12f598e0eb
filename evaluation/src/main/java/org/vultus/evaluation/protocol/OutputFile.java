package org.vultus.evaluation.protocol;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says that a file cannot be written before the work and not after it. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * The folder in which a file can be written.
     *
     * @throws UserError when it cannot
     */
    public static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError("there is no folder " + folder + " to write to");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(file + " is a folder; a file is expected");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UserError(file + " must not be written");
        }
        return folder;
    }
}
