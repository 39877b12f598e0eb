package org.vultus.server.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/** What a command printed and how it ended. */
record Run(int code, String out, String err) {

    /** @param command as {@code EnrolCommand::line} */
    static Run of(Function<Supplier<ServerOptions>, CommandLine> command, Object... arguments) {
        CommandLine line = command.apply(() -> new ServerOptions(prompt -> StubServer.PASSWORD.toCharArray()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = line.execute(texts);
        line.getOut().flush();
        line.getErr().flush();
        return new Run(code, out.toString(), err.toString());
    }
}
