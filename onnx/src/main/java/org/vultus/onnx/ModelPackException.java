package org.vultus.onnx;

import org.jspecify.annotations.Nullable;

/**
 * A model pack cannot be used. The message is for the person who runs the program: it names the file, says what is wrong
 * with it and what to do.
 */
public final class ModelPackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelPackException(String file, String problem, String remedy) {
        this(file, problem, remedy, null);
    }

    ModelPackException(String file, String problem, String remedy, @Nullable Throwable cause) {
        super(file + ": " + problem + ". " + remedy + ".", cause);
    }
}
