package org.vultus.biometrics.clip;

/** Smooths the edges of macroblocks and subblocks of a whole picture (RFC 6386, section 15). */
final class Vp8LoopFilter {
    private final Vp8Header header;
    private int edge;
    private int inside;
    private int variance;

    private Vp8LoopFilter(Vp8Header header) {
        this.header = header;
    }

    static void smooth(Vp8Header header, Vp8Modes modes, Vp8Frame frame, int columns, int rows) {
        if (header.filterLevel == 0) {
            return;
        }
        Vp8LoopFilter filter = new Vp8LoopFilter(header);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                filter.block(modes.block(column, row), frame, column, row);
            }
        }
    }

    private void block(Vp8Block block, Vp8Frame frame, int column, int row) {
        int level = level(block);
        if (level == 0) {
            return;
        }
        inside = level >> (header.sharpness > 4 ? 2 : header.sharpness > 0 ? 1 : 0);
        if (header.sharpness > 0) {
            inside = Math.min(inside, 9 - header.sharpness);
        }
        inside = Math.max(inside, 1);
        variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        if (!header.key) {
            variance = level >= 40 ? 3 : level >= 20 ? 2 : level >= 15 ? 1 : 0;
        }
        boolean inner = !block.skip || !block.hasMeans();
        int at = row * 16 * frame.stride + column * 16;
        int chroma = row * 8 * frame.chromaStride + column * 8;
        int outer = (level + 2) * 2 + inside;
        int within = level * 2 + inside;
        if (column > 0) {
            edge = outer;
            lines(frame, at, chroma, true, true);
        }
        if (inner) {
            edge = within;
            for (int i = 4; i < 16; i += 4) {
                line(frame.luma, at + i, frame.stride, 1, 16, false);
            }
            if (!header.simpleFilter) {
                line(frame.blue, chroma + 4, frame.chromaStride, 1, 8, false);
                line(frame.red, chroma + 4, frame.chromaStride, 1, 8, false);
            }
        }
        if (row > 0) {
            edge = outer;
            lines(frame, at, chroma, false, true);
        }
        if (inner) {
            edge = within;
            for (int i = 4; i < 16; i += 4) {
                line(frame.luma, at + i * frame.stride, 1, frame.stride, 16, false);
            }
            if (!header.simpleFilter) {
                line(frame.blue, chroma + 4 * frame.chromaStride, 1, frame.chromaStride, 8, false);
                line(frame.red, chroma + 4 * frame.chromaStride, 1, frame.chromaStride, 8, false);
            }
        }
    }

    private void lines(Vp8Frame frame, int at, int chroma, boolean upright, boolean whole) {
        line(frame.luma, at, upright ? frame.stride : 1, upright ? 1 : frame.stride, 16, whole);
        if (!header.simpleFilter) {
            int along = upright ? frame.chromaStride : 1;
            int across = upright ? 1 : frame.chromaStride;
            line(frame.blue, chroma, along, across, 8, whole);
            line(frame.red, chroma, along, across, 8, whole);
        }
    }

    private int level(Vp8Block block) {
        int level = header.filterLevel;
        if (header.segmented) {
            int own = header.segmentFilter[block.segment];
            level = Math.clamp(header.absolute ? own : level + own, 0, 63);
        }
        if (header.filterByKind) {
            level += header.filterByReference[block.reference];
            if (block.reference == Vp8Block.INTRA) {
                level += block.mode == Vp8Block.BY_SUBBLOCKS ? header.filterByMode[0] : 0;
            } else {
                level += header.filterByMode[block.mode == Vp8Block.ZERO ? 1 : block.split() ? 3 : 2];
            }
            level = Math.clamp(level, 0, 63);
        }
        return level;
    }

    /** @param across the distance of pixels on the two sides of the edge */
    private void line(byte[] p, int from, int along, int across, int length, boolean whole) {
        for (int i = 0, at = from; i < length; i++, at += along) {
            int p1 = p[at - 2 * across] & 0xFF;
            int p0 = p[at - across] & 0xFF;
            int q0 = p[at] & 0xFF;
            int q1 = p[at + across] & 0xFF;
            if (Math.abs(p0 - q0) * 2 + Math.abs(p1 - q1) / 2 > edge) {
                continue;
            }
            if (header.simpleFilter) {
                near(p, at, across, true);
                continue;
            }
            int p2 = p[at - 3 * across] & 0xFF;
            int q2 = p[at + 2 * across] & 0xFF;
            if (Math.abs((p[at - 4 * across] & 0xFF) - p2) > inside
                    || Math.abs(p2 - p1) > inside
                    || Math.abs(p1 - p0) > inside
                    || Math.abs(q1 - q0) > inside
                    || Math.abs(q2 - q1) > inside
                    || Math.abs((p[at + 3 * across] & 0xFF) - q2) > inside) {
                continue;
            }
            boolean uneven = Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance;
            if (uneven) {
                near(p, at, across, true);
            } else if (whole) {
                wide(p, at, across);
            } else {
                int a = near(p, at, across, false) + 1 >> 1;
                p[at + across] = unsigned(signed(p[at + across]) - a);
                p[at - 2 * across] = unsigned(signed(p[at - 2 * across]) + a);
            }
        }
    }

    /** Changes the two pixels at the edge. @return by how much the second one */
    private static int near(byte[] p, int at, int across, boolean outer) {
        int p0 = signed(p[at - across]);
        int q0 = signed(p[at]);
        int a = outer ? limit(signed(p[at - 2 * across]) - signed(p[at + across])) : 0;
        a = limit(a + 3 * (q0 - p0));
        int up = limit(a + 4) >> 3;
        p[at] = unsigned(q0 - up);
        p[at - across] = unsigned(p0 + (limit(a + 3) >> 3));
        return up;
    }

    /** Changes three pixels on both sides. */
    private static void wide(byte[] p, int at, int across) {
        int p0 = signed(p[at - across]);
        int q0 = signed(p[at]);
        int w = limit(limit(signed(p[at - 2 * across]) - signed(p[at + across])) + 3 * (q0 - p0));
        for (int i = 0; i < 3; i++) {
            int a = limit((27 - 9 * i) * w + 63 >> 7);
            p[at + i * across] = unsigned(signed(p[at + i * across]) - a);
            p[at - (i + 1) * across] = unsigned(signed(p[at - (i + 1) * across]) + a);
        }
    }

    private static int signed(byte value) {
        return (value & 0xFF) - 128;
    }

    private static byte unsigned(int value) {
        return (byte) (limit(value) + 128);
    }

    private static int limit(int value) {
        return Math.clamp(value, -128, 127);
    }
}
