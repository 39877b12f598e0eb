package org.vultus.biometrics.clip;

import java.util.Arrays;

/** Reads how each macroblock of a picture is predicted (RFC 6386, sections 8, 10, 11, 16 and 17). */
final class Vp8Modes {
    /** Trees as in section 8.1: a leaf is the negative of its value, less one. */
    private static final int[] SUBBLOCK = {
        leaf(0), 2, leaf(1), 4, leaf(2), 6, 8, 12, leaf(3), 10, leaf(5), leaf(6), leaf(4), 14, leaf(7), 16, leaf(8),
        leaf(9)
    };

    private static final int[] SHORT_VECTOR = {
        2, 8, 4, 6, leaf(0), leaf(1), leaf(2), leaf(3), 10, 12, leaf(4), leaf(5), leaf(6), leaf(7)
    };
    private static final int SHORT = 2;
    private static final int LONG = 9;
    private static final int LONG_BITS = 10;

    /** How far beyond the picture a neighbour's vector may point: 16 pixels. */
    private static final int MARGIN = 16 << 3;

    private final int columns;
    private final int rows;
    private final Vp8Block[] blocks;
    private final Vp8Block outside = new Vp8Block();

    Vp8Modes(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.blocks = new Vp8Block[columns * rows];
        Arrays.setAll(blocks, _ -> new Vp8Block());
    }

    private static int leaf(int value) {
        return -value - 1;
    }

    Vp8Block block(int column, int row) {
        return column < 0 || row < 0 ? outside : blocks[row * columns + column];
    }

    /** Reads the next macroblock. */
    void read(Vp8Header header, int column, int row) {
        Vp8Bits bits = header.modes;
        Vp8Block block = block(column, row);
        if (header.newSegments) {
            int[] odds = header.segmentOdds;
            block.segment = bits.read(odds[0]) == 0 ? bits.read(odds[1]) : 2 + bits.read(odds[2]);
        }
        block.skip = header.skips && bits.read(header.skipOdds) == 1;
        if (header.key) {
            block.reference = Vp8Block.INTRA;
            keyModes(bits, block, block(column, row - 1), block(column - 1, row));
        } else if (bits.read(header.intraOdds) == 0) {
            block.reference = Vp8Block.INTRA;
            modes(bits, header.odds, block);
        } else {
            block.reference = bits.read(header.lastOdds) == 0
                    ? Vp8Block.LAST
                    : bits.read(header.goldenOdds) == 0 ? Vp8Block.GOLDEN : Vp8Block.ALTERNATE;
            vectors(header, block, column, row);
        }
    }

    private static void keyModes(Vp8Bits bits, Vp8Block block, Vp8Block above, Vp8Block left) {
        int[] odds = Vp8Tables.KEY_LUMA_MODES;
        if (bits.read(odds[0]) == 0) {
            block.mode = Vp8Block.BY_SUBBLOCKS;
            for (int i = 0; i < 16; i++) {
                int a = i < 4 ? above.submodes[i + 12] : block.submodes[i - 4];
                int l = i % 4 == 0 ? left.submodes[i + 3] : block.submodes[i - 1];
                block.submodes[i] = tree(bits, SUBBLOCK, Vp8Tables.KEY_SUBBLOCK_MODES, 90 * a + 9 * l);
            }
        } else {
            block.mode = bits.read(odds[1]) == 0 ? bits.read(odds[2]) : 2 + bits.read(odds[3]);
            contexts(block);
        }
        block.chroma = chroma(bits, Vp8Tables.KEY_CHROMA_MODES);
        block.move(0, 0);
    }

    private static void modes(Vp8Bits bits, Vp8Odds odds, Vp8Block block) {
        int[] luma = odds.luma;
        if (bits.read(luma[0]) == 0) {
            block.mode = Vp8Block.DC;
        } else if (bits.read(luma[1]) == 0) {
            block.mode = bits.read(luma[2]) == 0 ? Vp8Block.VERTICAL : Vp8Block.HORIZONTAL;
        } else {
            block.mode = bits.read(luma[3]) == 0 ? Vp8Block.TRUE_MOTION : Vp8Block.BY_SUBBLOCKS;
        }
        if (block.mode == Vp8Block.BY_SUBBLOCKS) {
            for (int i = 0; i < 16; i++) {
                block.submodes[i] = tree(bits, SUBBLOCK, Vp8Tables.SUBBLOCK_MODES, 0);
            }
        } else {
            contexts(block);
        }
        block.chroma = chroma(bits, odds.chroma);
        block.move(0, 0);
    }

    /** What a whole macroblock's mode is to the subblocks beside it. */
    private static void contexts(Vp8Block block) {
        Arrays.fill(
                block.submodes,
                switch (block.mode) {
                    case Vp8Block.VERTICAL -> Vp8Intra.VERTICAL;
                    case Vp8Block.HORIZONTAL -> Vp8Intra.HORIZONTAL;
                    case Vp8Block.TRUE_MOTION -> Vp8Intra.TRUE_MOTION;
                    default -> Vp8Intra.DC;
                });
    }

    private static int chroma(Vp8Bits bits, int[] odds) {
        if (bits.read(odds[0]) == 0) {
            return Vp8Block.DC;
        }
        if (bits.read(odds[1]) == 0) {
            return Vp8Block.VERTICAL;
        }
        return bits.read(odds[2]) == 0 ? Vp8Block.HORIZONTAL : Vp8Block.TRUE_MOTION;
    }

    private static int tree(Vp8Bits bits, int[] tree, int[] odds, int from) {
        int node = 0;
        do {
            node = tree[node + bits.read(odds[from + node / 2])];
        } while (node > 0);
        return -node - 1;
    }

    /** Section 16.3: what the neighbours' vectors suggest, and which of it is taken. */
    private void vectors(Vp8Header header, Vp8Block block, int column, int row) {
        Vp8Block above = block(column, row - 1);
        Vp8Block left = block(column - 1, row);
        Vp8Block corner = row == 0 || column == 0 ? outside : block(column - 1, row - 1);
        // None, nearest, near and a third one.
        int[] nearRow = new int[4];
        int[] nearColumn = new int[4];
        int[] count = new int[4];
        int found = 0;
        Vp8Block[] neighbours = {above, left, corner};
        for (int i = 0; i < 3; i++) {
            Vp8Block neighbour = neighbours[i];
            int weight = i < 2 ? 2 : 1;
            if (neighbour.reference == Vp8Block.INTRA) {
                continue;
            }
            int y = neighbour.rows[15];
            int x = neighbour.columns[15];
            if (y == 0 && x == 0) {
                count[0] += weight;
                continue;
            }
            if (header.opposite[neighbour.reference] != header.opposite[block.reference]) {
                y = -y;
                x = -x;
            }
            if (found == 0 || y != nearRow[found] || x != nearColumn[found]) {
                found++;
                nearRow[found] = y;
                nearColumn[found] = x;
            }
            count[found] += weight;
        }
        if (count[3] > 0 && nearRow[3] == nearRow[1] && nearColumn[3] == nearColumn[1]) {
            count[1]++;
        }
        count[3] = (above.split() ? 2 : 0) + (left.split() ? 2 : 0) + (corner.split() ? 1 : 0);
        if (count[2] > count[1]) {
            swap(count);
            swap(nearRow);
            swap(nearColumn);
        }
        if (count[1] >= count[0]) {
            nearRow[0] = nearRow[1];
            nearColumn[0] = nearColumn[1];
        }
        int bestRow = clampRow(nearRow[0], row);
        int bestColumn = clampColumn(nearColumn[0], column);
        Vp8Bits bits = header.modes;
        int[][] odds = Vp8Tables.INTER_MODES;
        if (bits.read(odds[count[0]][0]) == 0) {
            block.mode = Vp8Block.ZERO;
            block.move(0, 0);
        } else if (bits.read(odds[count[1]][1]) == 0) {
            block.mode = Vp8Block.NEAREST;
            block.move(clampRow(nearRow[1], row), clampColumn(nearColumn[1], column));
        } else if (bits.read(odds[count[2]][2]) == 0) {
            block.mode = Vp8Block.NEAR;
            block.move(clampRow(nearRow[2], row), clampColumn(nearColumn[2], column));
        } else if (bits.read(odds[count[3]][3]) == 0) {
            block.mode = Vp8Block.NEW;
            int y = bestRow + component(bits, header.odds.vectors[0]);
            block.move(y, bestColumn + component(bits, header.odds.vectors[1]));
        } else {
            block.mode = Vp8Block.SPLIT;
            split(header, block, above, left, bestRow, bestColumn);
        }
        contexts(block);
    }

    private static void swap(int[] of) {
        int kept = of[1];
        of[1] = of[2];
        of[2] = kept;
    }

    private int clampRow(int y, int row) {
        return Math.clamp(y, -(row * 16 << 3) - MARGIN, ((rows - 1 - row) * 16 << 3) + MARGIN);
    }

    private int clampColumn(int x, int column) {
        return Math.clamp(x, -(column * 16 << 3) - MARGIN, ((columns - 1 - column) * 16 << 3) + MARGIN);
    }

    private static void split(
            Vp8Header header, Vp8Block block, Vp8Block above, Vp8Block left, int bestRow, int bestColumn) {
        Vp8Bits bits = header.modes;
        int[] odds = Vp8Tables.PARTITIONINGS;
        int how = bits.read(odds[0]) == 0 ? 3 : bits.read(odds[1]) == 0 ? 2 : bits.read(odds[2]);
        int[] parts = Vp8Tables.PARTS[how];
        for (int part = 0; part < Vp8Tables.PART_COUNTS[how]; part++) {
            int first = 0;
            while (parts[first] != part) {
                first++;
            }
            int leftRow = first % 4 == 0 ? left.rows[first + 3] : block.rows[first - 1];
            int leftColumn = first % 4 == 0 ? left.columns[first + 3] : block.columns[first - 1];
            int aboveRow = first < 4 ? above.rows[first + 12] : block.rows[first - 4];
            int aboveColumn = first < 4 ? above.columns[first + 12] : block.columns[first - 4];
            int[] mode = Vp8Tables.SPLIT_MODES[splitContext(leftRow, leftColumn, aboveRow, aboveColumn)];
            int y = 0;
            int x = 0;
            if (bits.read(mode[0]) == 0) {
                y = leftRow;
                x = leftColumn;
            } else if (bits.read(mode[1]) == 0) {
                y = aboveRow;
                x = aboveColumn;
            } else if (bits.read(mode[2]) == 1) {
                y = bestRow + component(bits, header.odds.vectors[0]);
                x = bestColumn + component(bits, header.odds.vectors[1]);
            }
            for (int i = first; i < 16; i++) {
                if (parts[i] == part) {
                    block.rows[i] = y;
                    block.columns[i] = x;
                }
            }
        }
    }

    private static int splitContext(int leftRow, int leftColumn, int aboveRow, int aboveColumn) {
        boolean zeroLeft = leftRow == 0 && leftColumn == 0;
        if (leftRow == aboveRow && leftColumn == aboveColumn) {
            return zeroLeft ? 4 : 3;
        }
        return aboveRow == 0 && aboveColumn == 0 ? 2 : zeroLeft ? 1 : 0;
    }

    /** Section 17.2; sent in quarters of a pixel. */
    private static int component(Vp8Bits bits, int[] odds) {
        int size = 0;
        if (bits.read(odds[0]) == 1) {
            for (int i = 0; i < 3; i++) {
                size += bits.read(odds[LONG + i]) << i;
            }
            for (int i = LONG_BITS - 1; i > 3; i--) {
                size += bits.read(odds[LONG + i]) << i;
            }
            if ((size & 0xFFF0) == 0 || bits.read(odds[LONG + 3]) == 1) {
                size += 8;
            }
        } else {
            size = tree(bits, SHORT_VECTOR, odds, SHORT);
        }
        return 2 * (size != 0 && bits.read(odds[1]) == 1 ? -size : size);
    }
}
