package org.vultus.server.start;

import org.jspecify.annotations.Nullable;

/** The server cannot start, for a reason that a person can remedy. Nothing was changed. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String remedy;

    public StartException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
