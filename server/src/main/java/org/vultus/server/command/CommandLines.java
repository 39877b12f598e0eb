package org.vultus.server.command;

import picocli.CommandLine;

/** Runs one command of the command line: 0 done, 1 refused or failed, 2 wrong arguments. */
final class CommandLines {

    private CommandLines() {}

    static int run(Object command, String[] arguments) {
        return new CommandLine(command).execute(arguments);
    }
}
