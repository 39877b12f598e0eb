package org.vultus.access.consent;

/** What a basis lets be done with a face. Each purpose has its own, given and ended by itself. Names are stable: they are stored. */
public enum Purpose {
    /** A template is kept, and faces are compared with it. */
    RECOGNITION,
    /** A small picture of a punch is kept for some days. Only consent serves: the punch is as good without it. */
    PROOF_OF_PRESENCE
}
