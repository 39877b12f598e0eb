package org.vultus.evaluation;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.vultus.evaluation.benchmark.BenchmarkCommand;
import org.vultus.evaluation.command.CalibrateCommand;
import org.vultus.evaluation.command.CompareCommand;
import org.vultus.evaluation.command.DetectCommand;
import org.vultus.evaluation.command.EvaluateCommand;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.onnx.ModelPackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./vultus}: the commands that need no server. Exit code 2 says that the user must put something right. */
@Command(
        name = "vultus",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        description = "Finds, compares and evaluates faces.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DetectCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            BenchmarkCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands, with every error of the user's as one line on standard error that says what to do. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    if (fault instanceof UserError || fault instanceof ModelPackException) {
                        return refuse(command, fault.getMessage());
                    }
                    if (fault instanceof FileSystemException file) {
                        return refuse(command, file.getFile() + " cannot be read or written: " + explain(file));
                    }
                    throw fault;
                })
                .setParameterExceptionHandler((error, arguments) -> {
                    CommandLine command = error.getCommandLine();
                    return refuse(
                            command,
                            String.valueOf(error.getMessage()).replaceFirst("[.]$", "") + "; see "
                                    + command.getCommandSpec().qualifiedName() + " --help");
                });
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Vultus " + (version == null ? "(not from a jar)" : version)};
        }
    }

    private static int refuse(CommandLine command, @Nullable String message) {
        command.getErr().println("vultus: " + message);
        return CommandLine.ExitCode.USAGE;
    }

    private static String explain(FileSystemException error) {
        return switch (error) {
            case AccessDeniedException denied -> "access denied";
            case NoSuchFileException missing -> "there is no such folder";
            case FileAlreadyExistsException exists -> "it is a file, not a folder";
            default -> String.valueOf(error.getReason());
        };
    }
}
