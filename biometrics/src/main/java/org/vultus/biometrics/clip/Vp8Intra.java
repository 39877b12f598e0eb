package org.vultus.biometrics.clip;

import java.util.Arrays;

/** Predicts from what is already there of the same picture (RFC 6386, section 12). */
final class Vp8Intra {
    /** Modes of subblocks, in the order of section 8.2. */
    static final int DC = 0;

    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    private static final int LEFT_DOWN = 4;
    private static final int RIGHT_DOWN = 5;
    private static final int VERTICAL_RIGHT = 6;
    private static final int VERTICAL_LEFT = 7;
    private static final int HORIZONTAL_DOWN = 8;

    /** What stands for the row above the picture, and for the column to its left. */
    private static final int ABOVE = 127;

    private static final int BESIDE = 129;

    /** From the lower left pixel up to the corner and on to the right: 4, the corner, 8. */
    private final int[] edge = new int[13];

    private final int[] over = new int[16];
    private final int[] beside = new int[16];

    /** Predicts a square of 16 or 8 pixels. */
    void whole(byte[] plane, int stride, int size, int column, int row, int mode) {
        int at = row * size * stride + column * size;
        for (int i = 0; i < size; i++) {
            over[i] = row > 0 ? plane[at - stride + i] & 0xFF : ABOVE;
            beside[i] = column > 0 ? plane[at + i * stride - 1] & 0xFF : BESIDE;
        }
        int corner = corner(plane, at, stride, column, row);
        int mean = mode == Vp8Block.DC ? mean(size, column > 0, row > 0) : 0;
        for (int y = 0; y < size; y++) {
            int to = at + y * stride;
            switch (mode) {
                case Vp8Block.VERTICAL -> {
                    for (int x = 0; x < size; x++) {
                        plane[to + x] = (byte) over[x];
                    }
                }
                case Vp8Block.HORIZONTAL -> Arrays.fill(plane, to, to + size, (byte) beside[y]);
                case Vp8Block.TRUE_MOTION -> {
                    for (int x = 0; x < size; x++) {
                        plane[to + x] = Vp8Residue.clip(beside[y] + over[x] - corner);
                    }
                }
                default -> Arrays.fill(plane, to, to + size, (byte) mean);
            }
        }
    }

    private static int corner(byte[] plane, int at, int stride, int column, int row) {
        if (row == 0) {
            return ABOVE;
        }
        return column > 0 ? plane[at - stride - 1] & 0xFF : BESIDE;
    }

    private int mean(int size, boolean hasLeft, boolean hasAbove) {
        if (!hasLeft && !hasAbove) {
            return 128;
        }
        int sum = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            sum += (hasAbove ? over[i] : 0) + (hasLeft ? beside[i] : 0);
            count += (hasAbove ? 1 : 0) + (hasLeft ? 1 : 0);
        }
        return (sum + count / 2) / count;
    }

    /**
     * Predicts a subblock of 4 × 4 pixels of luma.
     *
     * @param columns of macroblocks in the picture
     */
    void subblock(Vp8Frame frame, int columns, int column, int row, int block, int mode) {
        byte[] plane = frame.luma;
        int stride = frame.stride;
        int x = column * 16 + block % 4 * 4;
        int y = row * 16 + block / 4 * 4;
        int at = y * stride + x;
        int[] e = edge;
        for (int i = 0; i < 4; i++) {
            e[3 - i] = x > 0 ? plane[at + i * stride - 1] & 0xFF : BESIDE;
            e[5 + i] = y > 0 ? plane[at - stride + i] & 0xFF : ABOVE;
        }
        e[4] = corner(plane, at, stride, x, y);
        right(plane, stride, columns, column, row, block, at);
        switch (mode) {
            case DC -> {
                int sum = 4;
                for (int i = 0; i < 4; i++) {
                    sum += e[i] + e[5 + i];
                }
                for (int i = 0; i < 4; i++) {
                    Arrays.fill(plane, at + i * stride, at + i * stride + 4, (byte) (sum >> 3));
                }
            }
            case TRUE_MOTION -> {
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        plane[at + i * stride + j] = Vp8Residue.clip(e[3 - i] + e[5 + j] - e[4]);
                    }
                }
            }
            default -> {
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        plane[at + i * stride + j] = (byte) directed(mode, i, j);
                    }
                }
            }
        }
    }

    /** The four pixels above and to the right; below the first row of subblocks those of the macroblock above. */
    private void right(byte[] plane, int stride, int columns, int column, int row, int block, int at) {
        boolean last = block % 4 == 3;
        if (row == 0 && (last || block < 4)) {
            Arrays.fill(edge, 9, 13, ABOVE);
            return;
        }
        if (last && column == columns - 1) {
            // Of the last macroblock nothing is to the right.
            Arrays.fill(edge, 9, 13, beyond(plane, stride, row, column));
            return;
        }
        int from = last ? (row * 16 - 1) * stride + column * 16 + 16 : at - stride + 4;
        for (int i = 0; i < 4; i++) {
            edge[9 + i] = plane[from + i] & 0xFF;
        }
    }

    private static int beyond(byte[] plane, int stride, int row, int column) {
        return plane[(row * 16 - 1) * stride + column * 16 + 15] & 0xFF;
    }

    /** Section 12.3: along six directions, from two or three pixels of the edge. */
    private int directed(int mode, int i, int j) {
        return switch (mode) {
            case VERTICAL -> three(4 + j);
            case HORIZONTAL -> i < 3 ? three(2 - i) : edge[1] + 3 * edge[0] + 2 >> 2;
            case LEFT_DOWN -> i + j < 6 ? three(5 + i + j) : edge[11] + 3 * edge[12] + 2 >> 2;
            case RIGHT_DOWN -> three(3 - i + j);
            case VERTICAL_RIGHT -> {
                int along = 2 * j - i;
                if (along < 0) {
                    yield three(4 + along);
                }
                yield along % 2 == 0 ? two(4 + along / 2) : three(3 + (along + 1) / 2);
            }
            case VERTICAL_LEFT -> {
                if (j == 3 && i > 1) {
                    yield i == 2 ? three(9) : three(10);
                }
                if (j == 3 && i == 1) {
                    yield three(8);
                }
                int from = 5 + j + i / 2;
                yield i % 2 == 0 ? two(from) : three(from);
            }
            case HORIZONTAL_DOWN -> {
                int along = 2 * i - j;
                if (along < 0) {
                    yield three(2 - along);
                }
                yield along % 2 == 0 ? two(3 - along / 2) : three(3 - (along + 1) / 2);
            }
            default -> {
                // Horizontally up.
                int along = j + 2 * i;
                if (along > 5) {
                    yield edge[0];
                }
                if (along == 5) {
                    yield edge[1] + 3 * edge[0] + 2 >> 2;
                }
                yield along % 2 == 0 ? two(2 - along / 2) : three(1 - along / 2);
            }
        };
    }

    /** The mean of a pixel of the edge and the next. */
    private int two(int at) {
        return edge[at] + edge[at + 1] + 1 >> 1;
    }

    /** The weighted mean of a pixel of the edge and the next two. */
    private int three(int at) {
        return edge[at] + 2 * edge[at + 1] + edge[at + 2] + 2 >> 2;
    }

    void wipe() {
        Arrays.fill(edge, 0);
        Arrays.fill(over, 0);
        Arrays.fill(beside, 0);
    }
}
