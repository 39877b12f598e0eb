package org.vultus.access.subject;

/** What a session must show before a face is taken for a living person's; each more than the one before. */
public enum LivenessPolicy {
    /** Several frames that look live. */
    PASSIVE,
    /** The same, and the session's script was followed. */
    ACTIVE,
    /** The same, and the face reflected the session's colours. */
    STRICT;

    /** The stricter of the two. */
    public LivenessPolicy andAtLeast(LivenessPolicy other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
