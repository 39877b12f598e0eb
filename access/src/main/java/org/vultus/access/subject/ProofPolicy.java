package org.vultus.access.subject;

/**
 * Whether a small picture of each punch by face is kept as proof of presence, of the people who consent to it.
 *
 * @param kept off unless somebody switches it on
 * @param days how long, from the punch on; 1 to 365
 */
public record ProofPolicy(boolean kept, int days) {
    /** Nothing is kept; thirty days where it is switched on. */
    public static final ProofPolicy NONE = new ProofPolicy(false, 30);

    public ProofPolicy {
        if (days < 1 || days > 365) {
            throw new IllegalArgumentException("pictures of punches are kept for 1 to 365 days");
        }
    }
}
