package org.vultus.server.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** How a command of the command line ends: 0 done, 1 refused or failed, 2 wrong arguments. Every error is one line. */
final class CommandLines {

    private CommandLines() {}

    static CommandLine of(Object command, Object... subcommands) {
        CommandLine whole = new CommandLine(command);
        for (Object subcommand : subcommands) {
            whole.addSubcommand(subcommand);
        }
        return whole.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, arguments) -> {
                    CommandLine line = error.getCommandLine();
                    line.getErr()
                            .println("vultus: "
                                    + String.valueOf(error.getMessage()).replaceFirst("[.]$", "") + "; see ./"
                                    + line.getCommandSpec().qualifiedName() + " --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((fault, line, parsed) -> switch (fault) {
                    case CommandFailure e -> {
                        line.getErr().println("vultus: " + e.getMessage());
                        yield e.exitCode();
                    }
                    case FileSystemException e -> {
                        line.getErr().println("vultus: " + explain(e));
                        yield CommandLine.ExitCode.USAGE;
                    }
                    case IOException e -> {
                        line.getErr().println("vultus: " + e.getMessage());
                        yield CommandLine.ExitCode.SOFTWARE;
                    }
                    default -> throw fault;
                });
    }

    /** Most of Java's file exceptions carry no more than the name of the file. */
    private static String explain(FileSystemException fault) {
        return switch (fault) {
            case NoSuchFileException e -> e.getFile() + " does not exist";
            case AccessDeniedException e -> e.getFile() + " must not be read or written";
            case FileAlreadyExistsException e -> e.getFile() + " is there already";
            default -> String.valueOf(fault.getMessage());
        };
    }
}
