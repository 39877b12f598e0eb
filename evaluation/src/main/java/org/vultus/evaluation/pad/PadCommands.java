package org.vultus.evaluation.pad;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vultus.evaluation.protocol.UserError;
import picocli.CommandLine.Command;

/** {@code vultus pad}: what to do with the head of the passive check is a command of its own. */
@Command(
        name = "pad",
        description = "Trains the passive check of presentation attacks, or moves its threshold to your own cameras.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {PadTrainCommand.class, PadCalibrateCommand.class})
public final class PadCommands {

    /** Says that a file cannot be written before the work and not after it. */
    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError("there is no folder " + folder + " to write to");
        }
        return folder;
    }

    static String version() {
        String version = PadCommands.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }
}
