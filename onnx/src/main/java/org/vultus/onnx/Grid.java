package org.vultus.onnx;

/** The grid of cells that a network of some stride lays over its input. */
final class Grid {

    private Grid() {}

    /** How many cells cover {@code pixels}, the last one perhaps in part. */
    static int cells(int pixels, int stride) {
        return (pixels + stride - 1) / stride;
    }
}
