package org.vultus.testkit;

import java.io.IOException;

/** Programs of the machine that some tests need. */
public final class Command {
    private Command() {}

    /** Whether it is there and ends well; what it says is nobody's concern. */
    public static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
