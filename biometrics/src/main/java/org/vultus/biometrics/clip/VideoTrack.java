package org.vultus.biometrics.clip;

import java.util.List;

/**
 * The pictures of a clip as its container tells them.
 *
 * @param setup what the codec needs beside the pictures; empty for none
 * @param turn degrees clockwise that make them upright
 * @param packets in the order in which they are decoded
 */
record VideoTrack(Codec codec, byte[] setup, int turn, List<Packet> packets) {

    /** What is decoded here. */
    enum Codec {
        H264,
        VP8,
        JPEG
    }

    VideoTrack {
        packets = List.copyOf(packets);
    }
}
