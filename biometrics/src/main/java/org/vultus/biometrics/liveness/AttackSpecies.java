package org.vultus.biometrics.liveness;

/** The kinds of attack that a session tells apart. For the audit log; a client never hears which it was. Names are stable. */
public enum AttackSpecies {
    /** The frames look like paper or a screen. */
    ARTEFACT,
    /** A recording that began again within the session. */
    LOOP,
    /** Frames of an earlier session that was accepted. */
    REPLAY,
    /** Another face took the place of the first. */
    SWAP
}
