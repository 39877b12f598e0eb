package org.vultus.biometrics.clip;

/** A refusal on its way up to {@link ClipDecoder}, which turns it into a value. Without a trace: strangers cause it. */
final class RefusedClip extends Exception {
    private static final long serialVersionUID = 1;

    private final ClipProblem problem;
    private final String detail;

    RefusedClip(ClipProblem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
        this.detail = detail;
    }

    static RefusedClip corrupt(String detail) {
        return new RefusedClip(ClipProblem.CORRUPT, detail);
    }

    static RefusedClip unsupported(String detail) {
        return new RefusedClip(ClipProblem.UNSUPPORTED, detail);
    }

    ClipReading refusal() {
        return new ClipReading.Refused(problem, detail);
    }
}
