package org.vultus.evaluation;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The system's ffmpeg, with which tests make clips. */
public final class Ffmpeg {
    private Ffmpeg() {}

    public static boolean present() {
        return ran("-version");
    }

    /** Whether there is one and it did what it was asked for. */
    public static boolean ran(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("ffmpeg"), Stream.of(arguments)).toList();
        try {
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
