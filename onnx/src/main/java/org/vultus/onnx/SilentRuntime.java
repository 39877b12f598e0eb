package org.vultus.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import org.jspecify.annotations.Nullable;

/**
 * The only door to ONNX Runtime's environment, which opens after the runtime was told to report nothing. From 1.29 on its
 * libraries for Linux and macOS note an identifier of the machine, the command line and every network that is loaded in a
 * database of theirs under {@code ~/.cache/Microsoft}, and send it to {@code mobile.events.data.microsoft.com}. Nothing may
 * leave a hospital's server; and what takes a command line apart there overflows the stack at some four thousand characters,
 * which ends the process. The one full opt-out is a variable of the process's environment, read once, before the first
 * environment is made (onnxruntime pull request 27379).
 *
 * <p>Safe for several threads.
 */
final class SilentRuntime {

    private static final String OPT_OUT = "ORT_DISABLE_TELEMETRY";

    private static @Nullable OrtEnvironment made;

    private SilentRuntime() {}

    /**
     * The environment of this process, made at the first call.
     *
     * @throws IllegalStateException when the process's environment can't be changed; the message tells what to set instead
     */
    static synchronized OrtEnvironment environment() {
        if (made == null) {
            made = make();
        }
        return made;
    }

    private static OrtEnvironment make() {
        if (!"1".equals(System.getenv(OPT_OUT))) {
            optOut();
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        try {
            // The variable has no power over Windows' events, this has.
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not let its telemetry be switched off", e);
        }
        return environment;
    }

    /** Java can't change its own environment; the C library can (POSIX.1-2017, setenv). */
    private static void optOut() {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setenv"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(OPT_OUT), arena.allocateFrom("1"), 1);
            if (failed == 0) {
                return;
            }
        } catch (Throwable e) {
            throw remedy(e);
        }
        throw remedy(null);
    }

    private static IllegalStateException remedy(@Nullable Throwable cause) {
        return new IllegalStateException(
                "ONNX Runtime would report to its maker. Set the environment variable " + OPT_OUT
                        + "=1 and start again",
                cause);
    }
}
