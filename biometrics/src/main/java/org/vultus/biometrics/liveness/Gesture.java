package org.vultus.biometrics.liveness;

import java.time.Duration;

/**
 * What a person can be asked to do before the camera. Names are stable: they are part of the API. Left and right are the
 * person's own: in a picture that is not mirrored, who turns to the left turns towards the right edge.
 */
public enum Gesture {
    BLINK(4_000),
    TURN_LEFT(4_000),
    TURN_RIGHT(4_000),
    NOD(4_000),
    OPEN_MOUTH(4_000),
    COME_CLOSER(6_000),
    /** Nothing to do but to look: the face reflects the colours of the display. */
    COLOUR_FLASH(6_000);

    private final int milliseconds;

    Gesture(int milliseconds) {
        this.milliseconds = milliseconds;
    }

    /**
     * How long it may take from being asked. About a second to read and react, as long for the movement itself, and twice that
     * for who is slow (chosen).
     */
    public Duration window() {
        return Duration.ofMillis(milliseconds);
    }

    /** Whether doing this when {@code asked} for something else is a mistake; eyes blink and heads move a little by themselves. */
    boolean contradicts(Gesture asked) {
        return this != asked && (this == TURN_LEFT || this == TURN_RIGHT || (this == OPEN_MOUTH && asked != NOD));
    }
}
