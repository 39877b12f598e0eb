package org.vultus.evaluation.protocol;

/** Something that the user must put right: its message says what, and is all that is shown. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }
}
