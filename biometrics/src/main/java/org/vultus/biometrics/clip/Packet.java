package org.vultus.biometrics.clip;

/**
 * Where an encoded picture lies in a clip.
 *
 * @param micros when it is shown, on the clip's own clock
 */
record Packet(int offset, int length, long micros) {}
