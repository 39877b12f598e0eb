package org.vultus.biometrics.trace;

/** The stages of the pipeline, in order. */
public enum Stage {
    DECODE,
    DETECT,
    LANDMARKS,
    QUALITY,
    LIVENESS,
    EMBED,
    COMPARE
}
