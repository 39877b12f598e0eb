package org.vultus.server.command;

/** A command cannot go on, for a reason that its user can understand: the message says which, and is all that is shown. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the user wrote must be put right. */
    static CommandFailure usage(String message) {
        return new CommandFailure(2, message);
    }

    /** It was refused, or something needed does not work. */
    static CommandFailure failed(String message) {
        return new CommandFailure(1, message);
    }

    int exitCode() {
        return exitCode;
    }
}
