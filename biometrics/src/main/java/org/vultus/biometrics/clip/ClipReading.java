package org.vultus.biometrics.clip;

/** What came of reading a clip. */
public sealed interface ClipReading {

    /** @param clip the caller's to close */
    record Read(Clip clip) implements ClipReading {}

    /**
     * The clip cannot be used.
     *
     * @param detail one sentence for an operator, with the numbers that decided; holds nothing secret
     */
    record Refused(ClipProblem problem, String detail) implements ClipReading {}
}
