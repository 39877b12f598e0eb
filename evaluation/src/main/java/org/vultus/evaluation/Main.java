package org.vultus.evaluation;

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

    /** The commands, with every error of the user's as one line on standard error. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((fault, command, parsed) -> {
            if (fault instanceof UserError || fault instanceof ModelPackException) {
                command.getErr().println("vultus: " + fault.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            throw fault;
        });
    }
}
