package org.vultus.access.subject;

/**
 * How a department's people sign in.
 *
 * @param liveness what a session must show
 * @param identification whether a face alone, without a user name, may say who it is
 * @param verificationFmr the false match rate of a 1:1 decision, at most 1e-3
 * @param fpirBound the highest rate at which an identification may name somebody for a stranger
 * @param proof whether pictures of punches are kept, of those who consent
 */
public record DepartmentPolicy(
        LivenessPolicy liveness, boolean identification, double verificationFmr, double fpirBound, ProofPolicy proof) {

    /** Verification at an FMR of 1e-4; no identification, no pictures. */
    public static final DepartmentPolicy DEFAULT = new DepartmentPolicy(LivenessPolicy.PASSIVE, false, 1e-4, 1e-3);

    /** Without pictures of punches. */
    public DepartmentPolicy(LivenessPolicy liveness, boolean identification, double verificationFmr, double fpirBound) {
        this(liveness, identification, verificationFmr, fpirBound, ProofPolicy.NONE);
    }

    public DepartmentPolicy {
        if (!(verificationFmr > 0 && verificationFmr <= 1e-3)) {
            throw new IllegalArgumentException("verification FMR must be above 0 and at most 0.001");
        }
        if (!(fpirBound > 0 && fpirBound <= 0.05)) {
            throw new IllegalArgumentException("the FPIR bound must be above 0 and at most 0.05");
        }
    }
}
