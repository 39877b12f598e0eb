package org.vultus.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.vultus.evaluation.benchmark.BenchmarkCommand;
import org.vultus.evaluation.command.CalibrateCommand;
import org.vultus.evaluation.command.CompareCommand;
import org.vultus.evaluation.command.DetectCommand;
import org.vultus.evaluation.command.EvaluateCommand;
import org.vultus.evaluation.load.LoadCommand;
import org.vultus.evaluation.pad.PadCommands;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.onnx.ModelPackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** {@code ./vultus}: the commands of the engine, and the one that puts a server under load. Exit code 2 says that the user must put something right. */
@Command(
        name = "vultus",
        description = "Finds, compares and evaluates faces.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DetectCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            PadCommands.class,
            BenchmarkCommand.class,
            LoadCommand.class
        })
public final class Main {

    private Main() {}

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"vultus " + (version == null ? "development build" : version)};
        }
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands, with every error of the user's, and of the disk, as one line on standard error. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((error, arguments) -> {
                    CommandLine command = error.getCommandLine();
                    command.getErr()
                            .println("vultus: "
                                    + String.valueOf(error.getMessage()).replaceFirst("[.]$", "") + "; see "
                                    + command.getCommandSpec().qualifiedName() + " --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    command.getErr()
                            .println("vultus: "
                                    + switch (fault) {
                                        case UserError e -> e.getMessage();
                                        case ModelPackException e -> e.getMessage();
                                        case IOException e -> explain(e);
                                        case UncheckedIOException e -> explain(Objects.requireNonNull(e.getCause()));
                                        default -> throw fault;
                                    });
                    return CommandLine.ExitCode.USAGE;
                });
    }

    /** Most of Java's file exceptions carry no more than the name of the file. */
    private static String explain(IOException fault) {
        return switch (fault) {
            case NoSuchFileException e -> e.getFile() + " does not exist";
            case AccessDeniedException e -> e.getFile() + " must not be read or written";
            case FileAlreadyExistsException e -> e.getFile() + " is there already, but no folder";
            default -> String.valueOf(fault.getMessage());
        };
    }
}
