package org.vultus.evaluation.protocol;

import java.io.Console;
import java.io.PrintStream;

/**
 * Shows how far a long run is, on standard error: a bar that moves on a terminal, a line every tenth elsewhere. Safe for
 * several threads.
 */
public final class Progress {
    private static final int WIDTH = 40;

    private final String label;
    private final int total;
    private final PrintStream out;
    private final boolean terminal;
    private int done;
    private int shown = -1;

    public Progress(String label, int total) {
        this(label, total, System.err, isTerminal());
    }

    @SuppressWarnings("SystemConsoleNull") // True of JDK 22 to 24 only: from 25 on there is none without a terminal.
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    Progress(String label, int total, PrintStream out, boolean terminal) {
        this.label = label;
        this.total = total;
        this.out = out;
        this.terminal = terminal;
    }

    /** One more is done. */
    public synchronized void step() {
        done++;
        int steps = terminal ? 100 : 10;
        int now = (int) ((long) done * steps / total);
        if (now == shown) {
            return;
        }
        shown = now;
        if (terminal) {
            int filled = now * WIDTH / steps;
            out.print(
                    "\r" + label + " [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + total);
            if (done == total) {
                out.println();
            }
        } else {
            out.println(label + " " + done + "/" + total);
        }
        out.flush();
    }
}
