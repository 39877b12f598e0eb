package org.vultus.biometrics.clip;

import java.util.Arrays;

/** The planes of a picture of VP8, in whole macroblocks. */
final class Vp8Frame {
    final int stride;
    final int chromaStride;
    final byte[] luma;
    final byte[] blue;
    final byte[] red;

    /** @param columns and rows, of macroblocks */
    Vp8Frame(int columns, int rows) {
        this.stride = columns * 16;
        this.chromaStride = columns * 8;
        this.luma = new byte[stride * rows * 16];
        this.blue = new byte[chromaStride * rows * 8];
        this.red = new byte[chromaStride * rows * 8];
    }

    void wipe() {
        Arrays.fill(luma, (byte) 0);
        Arrays.fill(blue, (byte) 0);
        Arrays.fill(red, (byte) 0);
    }
}
