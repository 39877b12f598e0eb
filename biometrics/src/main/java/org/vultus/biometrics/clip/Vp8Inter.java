package org.vultus.biometrics.clip;

import java.util.Arrays;

/** Predicts from an earlier picture (RFC 6386, section 18); what lies beyond its edge is like the edge. */
final class Vp8Inter {
    private static final int TAPS = 6;
    private static final int BEFORE = 2;

    /** The part of the earlier picture that is read, and the same after filtering its rows. */
    private final int[] read = new int[(16 + TAPS - 1) * (16 + TAPS - 1)];

    private final int[] filtered = new int[(16 + TAPS - 1) * 16];

    /** Predicts a macroblock. */
    void predict(Vp8Frame from, Vp8Frame to, Vp8Block block, int column, int row) {
        int x = column * 16;
        int y = row * 16;
        if (!block.split()) {
            int down = block.rows[0];
            int along = block.columns[0];
            move(from.luma, to.luma, from.stride, x, y, 16, down, along);
            chroma(from, to, x / 2, y / 2, 8, half(down), half(along));
            return;
        }
        for (int i = 0; i < 16; i++) {
            move(from.luma, to.luma, from.stride, x + i % 4 * 4, y + i / 4 * 4, 4, block.rows[i], block.columns[i]);
        }
        for (int i = 0; i < 4; i++) {
            int first = i / 2 * 8 + i % 2 * 2;
            chroma(
                    from,
                    to,
                    x / 2 + i % 2 * 4,
                    y / 2 + i / 2 * 4,
                    4,
                    mean(block.rows, first),
                    mean(block.columns, first));
        }
    }

    private void chroma(Vp8Frame from, Vp8Frame to, int x, int y, int size, int down, int along) {
        move(from.blue, to.blue, from.chromaStride, x, y, size, down, along);
        move(from.red, to.red, from.chromaStride, x, y, size, down, along);
    }

    /** Of luma's vector that of chroma, rounded away from zero. */
    private static int half(int vector) {
        return (vector + (vector < 0 ? -1 : 1)) / 2;
    }

    private static int mean(int[] vectors, int first) {
        int sum = vectors[first] + vectors[first + 1] + vectors[first + 4] + vectors[first + 5];
        return (sum + (sum < 0 ? -4 : 4)) / 8;
    }

    /** @param down and along, in eighths of a pixel */
    private void move(byte[] from, byte[] to, int stride, int x, int y, int size, int down, int along) {
        int height = from.length / stride;
        int left = x + (along >> 3);
        int top = y + (down >> 3);
        int[] across = Vp8Tables.TAPS[along & 7];
        int[] downward = Vp8Tables.TAPS[down & 7];
        if ((along & 7) == 0 && (down & 7) == 0) {
            copy(from, to, stride, height, x, y, size, left, top);
            return;
        }
        int wide = size + TAPS - 1;
        for (int i = 0; i < wide; i++) {
            int line = Math.clamp(top - BEFORE + i, 0, height - 1) * stride;
            for (int j = 0; j < wide; j++) {
                read[i * wide + j] = from[line + Math.clamp(left - BEFORE + j, 0, stride - 1)] & 0xFF;
            }
        }
        for (int i = 0; i < wide; i++) {
            for (int j = 0; j < size; j++) {
                filtered[i * size + j] = sum(read, i * wide + j, 1, across);
            }
        }
        for (int i = 0; i < size; i++) {
            int at = (y + i) * stride + x;
            for (int j = 0; j < size; j++) {
                to[at + j] = (byte) sum(filtered, i * size + j, size, downward);
            }
        }
    }

    private static void copy(
            byte[] from, byte[] to, int stride, int height, int x, int y, int size, int left, int top) {
        boolean inside = left >= 0 && left + size <= stride;
        for (int i = 0; i < size; i++) {
            int line = Math.clamp(top + i, 0, height - 1) * stride;
            int at = (y + i) * stride + x;
            if (inside) {
                System.arraycopy(from, line + left, to, at, size);
            } else {
                for (int j = 0; j < size; j++) {
                    to[at + j] = from[line + Math.clamp(left + j, 0, stride - 1)];
                }
            }
        }
    }

    private static int sum(int[] of, int at, int step, int[] taps) {
        int sum = 64;
        for (int i = 0; i < TAPS; i++) {
            sum += of[at + i * step] * taps[i];
        }
        return Math.clamp(sum >> 7, 0, 255);
    }

    void wipe() {
        Arrays.fill(read, 0);
        Arrays.fill(filtered, 0);
    }
}
