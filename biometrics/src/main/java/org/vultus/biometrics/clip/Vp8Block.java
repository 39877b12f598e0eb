package org.vultus.biometrics.clip;

import java.util.Arrays;

/** How one macroblock of VP8 is made: its modes and motion vectors. */
final class Vp8Block {
    /** Modes of whole macroblocks and of chroma; then those of inter prediction. */
    static final int DC = 0;

    static final int VERTICAL = 1;
    static final int HORIZONTAL = 2;
    static final int TRUE_MOTION = 3;
    static final int BY_SUBBLOCKS = 4;
    static final int NEAREST = 5;
    static final int NEAR = 6;
    static final int ZERO = 7;
    static final int NEW = 8;
    static final int SPLIT = 9;

    /** Reference pictures. */
    static final int INTRA = 0;

    static final int LAST = 1;
    static final int GOLDEN = 2;
    static final int ALTERNATE = 3;

    int segment;
    boolean skip;
    int mode;
    int chroma;
    int reference;

    /** Modes of subblocks (section 8.2's order), for the contexts of neighbours too. */
    final int[] submodes = new int[16];

    /** In eighths of a pixel, of luma. */
    final int[] rows = new int[16];

    final int[] columns = new int[16];

    boolean split() {
        return mode == SPLIT;
    }

    /** Whether the luma's mean values lie in a block of their own. */
    boolean hasMeans() {
        return mode != BY_SUBBLOCKS && mode != SPLIT;
    }

    /** One vector for all. */
    void move(int row, int column) {
        Arrays.fill(rows, row);
        Arrays.fill(columns, column);
    }
}
