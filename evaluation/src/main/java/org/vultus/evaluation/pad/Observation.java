package org.vultus.evaluation.pad;

import org.vultus.biometrics.liveness.PadEvidence;

/**
 * One look at one image.
 *
 * @param source the camera, place or kind of attack it is of
 * @param live whether a live person stood there
 * @param look what was done to the image first
 */
record Observation(String source, boolean live, Look look, PadEvidence evidence) {

    enum Look {
        /** As it is. */
        PLAIN,
        /** A window of {@value Variation#CLOSE} of it around the face. */
        CLOSE,
        /** In another light, perhaps with noise or out of focus. */
        VARIED,
        /** As a small photo. */
        SMALL,
        /** As a frame of a video of few bits. */
        STREAMED,
        /** A live person shown on a simulated screen or print. */
        RECAPTURED
    }
}
