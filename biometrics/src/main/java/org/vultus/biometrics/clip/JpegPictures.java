package org.vultus.biometrics.clip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.image.CapturedSample;

/** Motion JPEG: each packet is a photo, which is handed on as it is and judged as a photo. */
final class JpegPictures implements PictureSource {
    private final byte[] clip;
    private @Nullable Packet latest;

    JpegPictures(byte[] clip) {
        this.clip = clip;
    }

    @Override
    public boolean disposable(Packet packet) {
        return true;
    }

    @Override
    public boolean decode(Packet packet) {
        latest = packet;
        return packet.length() > 0;
    }

    @Override
    public CapturedSample picture() throws RefusedClip {
        Packet packet = latest;
        if (packet == null) {
            throw RefusedClip.corrupt("no picture");
        }
        return new CapturedSample(Arrays.copyOfRange(clip, packet.offset(), packet.offset() + packet.length()));
    }

    @Override
    public void close() {
        // The clip's bytes are their owner's.
    }
}
