package org.vultus.store;

/** What was found forbids to go on; nothing was changed. The message says what is wrong and what the operator can do. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
