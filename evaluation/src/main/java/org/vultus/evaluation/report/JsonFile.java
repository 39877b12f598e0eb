package org.vultus.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vultus.evaluation.protocol.OutputFile;
import org.vultus.evaluation.protocol.UserError;
import picocli.CommandLine.Option;

/** The option {@code --json} of the commands that print figures. */
public final class JsonFile {

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to FILE.")
    private Optional<Path> file = Optional.empty();

    /**
     * Asked before the work.
     *
     * @throws UserError when the file is wanted and cannot be written
     */
    public void check() {
        file.ifPresent(OutputFile::folderOf);
    }

    /** Writes it where it is wanted. */
    public void write(String report) throws IOException {
        if (file.isPresent()) {
            Files.writeString(file.get(), report + System.lineSeparator());
        }
    }
}
