package org.vultus.biometrics.clip;

import java.nio.ByteBuffer;
import org.jcodec.codecs.common.biari.MConst;
import org.jcodec.codecs.common.biari.MDecoder;

/**
 * The arithmetic decoder of H.264 (9.3.1.2 and 9.3.3.2) in place of the library's, which goes on for ever when a clip is cut off in the
 * wrong place: after the end it reads zeros, of which some numbers have no end. This one gives up.
 */
final class H264Bins extends MDecoder {
    /** The decoder holds nine bits ahead of what it has decided. */
    private static final int AHEAD = 3;

    /** Tells the library's code, which knows no checked exceptions, to stop. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        Ended() {
            super("cut off", null, false, false);
        }
    }

    private final byte[] bytes;
    private final int end;
    private final int[] states;
    private final int[] likelier;
    private int at;
    private int range = 510;
    private int offset;
    private int held;
    private int heldBits;

    /** @param models states and likelier values of all contexts; changed as they are used */
    H264Bins(byte[] bytes, int from, int end, int[][] models) throws RefusedClip {
        super(ByteBuffer.allocate(2), models);
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.states = models[0];
        this.likelier = models[1];
        for (int i = 0; i < 9; i++) {
            offset = offset << 1 | bit();
        }
        if (offset >= 510) {
            throw RefusedClip.corrupt("a slice begins as none can");
        }
    }

    private int bit() {
        if (heldBits == 0) {
            if (at >= end + AHEAD) {
                throw new Ended();
            }
            held = at < end ? bytes[at] & 0xFF : 0;
            at++;
            heldBits = 8;
        }
        heldBits--;
        return held >> heldBits & 1;
    }

    private void renormalize() {
        while (range < 256) {
            range <<= 1;
            offset = offset << 1 | bit();
        }
    }

    @Override
    public int decodeBin(int context) {
        int state = states[context];
        int bin = likelier[context];
        int less = MConst.rangeLPS[range >> 6 & 3][state];
        range -= less;
        if (offset < range) {
            if (state < 62) {
                states[context] = state + 1;
            }
        } else {
            offset -= range;
            range = less;
            if (state == 0) {
                likelier[context] = 1 - bin;
            }
            states[context] = MConst.transitLPS[state];
            bin = 1 - bin;
        }
        renormalize();
        return bin;
    }

    @Override
    public int decodeBinBypass() {
        offset = offset << 1 | bit();
        if (offset < range) {
            return 0;
        }
        offset -= range;
        return 1;
    }

    @Override
    public int decodeFinalBin() {
        range -= 2;
        if (offset >= range) {
            return 1;
        }
        renormalize();
        return 0;
    }

    /** Nothing: the library would begin before this one's bytes are known. */
    @Override
    protected void initCodeRegister() {}
}
