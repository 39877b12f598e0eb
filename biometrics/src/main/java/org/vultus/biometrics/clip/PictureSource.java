package org.vultus.biometrics.clip;

import org.vultus.biometrics.image.CapturedSample;

/** Decodes the pictures of one clip, one after another. For one thread. {@link #close()} overwrites every picture that is held. */
interface PictureSource extends AutoCloseable {

    /** Whether no other picture is made from that one, so that it need not be decoded if nobody looks at it. */
    boolean disposable(Packet packet) throws RefusedClip;

    /** Decodes the next packet. @return whether it made a picture that is shown */
    boolean decode(Packet packet) throws RefusedClip;

    /** A copy of the picture that was decoded last, the caller's to close. */
    CapturedSample picture() throws RefusedClip;

    @Override
    void close();
}
