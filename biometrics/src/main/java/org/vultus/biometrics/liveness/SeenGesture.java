package org.vultus.biometrics.liveness;

/**
 * A gesture that was seen.
 *
 * @param from when it began, in milliseconds since the session was opened: the last frame before it
 * @param to when it was complete
 */
public record SeenGesture(Gesture gesture, long from, long to) {}
