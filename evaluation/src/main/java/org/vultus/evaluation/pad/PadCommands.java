package org.vultus.evaluation.pad;

import picocli.CommandLine.Command;

/** {@code vultus pad}: what to do with the head of the passive check is a command of its own. */
@Command(
        name = "pad",
        description = "Trains the passive check of presentation attacks, or moves its threshold to your own cameras.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {PadTrainCommand.class, PadCalibrateCommand.class})
public final class PadCommands {

    static String version() {
        String version = PadCommands.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }
}
