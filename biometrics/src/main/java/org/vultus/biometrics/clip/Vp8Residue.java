package org.vultus.biometrics.clip;

import java.util.Arrays;

/** Reads what is added to the prediction of a macroblock, and transforms it back (RFC 6386, sections 13 and 14). */
final class Vp8Residue {
    /** Kinds of blocks: luma without its mean, means, chroma, luma with its mean. */
    private static final int WITHOUT_MEAN = 0;

    private static final int MEANS = 1;
    private static final int CHROMA = 2;
    private static final int WITH_MEAN = 3;

    private static final int MEANS_BLOCK = 24;
    private static final int SINE = 35_468;
    private static final int COSINE = 20_091;

    /** Luma, blue, red, means; each 16 coefficients, in the order of rows. */
    private final int[] coefficients = new int[25 * 16];

    private final int[] column = new int[16];

    /** Which neighbours had anything: four of luma, two of each chroma, one of means. */
    private final boolean[][] above;

    private final boolean[] left = new boolean[9];

    Vp8Residue(int columns) {
        this.above = new boolean[columns][9];
    }

    void newPicture() {
        for (boolean[] one : above) {
            Arrays.fill(one, false);
        }
    }

    void newRow() {
        Arrays.fill(left, false);
    }

    /** A macroblock without any. */
    void none(int at, boolean means) {
        Arrays.fill(above[at], 0, means ? 9 : 8, false);
        Arrays.fill(left, 0, means ? 9 : 8, false);
    }

    /**
     * Reads those of a macroblock.
     *
     * @param steps of luma, means and chroma: of the mean and of the others of each
     * @return whether there is anything
     */
    boolean read(Vp8Bits bits, int[] odds, int at, boolean means, int[] steps) {
        Arrays.fill(coefficients, 0);
        boolean[] over = above[at];
        boolean any = false;
        if (means) {
            boolean coded = block(bits, odds, MEANS, context(over[8], left[8]), 0, MEANS_BLOCK, steps[2], steps[3]);
            over[8] = left[8] = coded;
            any = coded;
            spread();
        }
        for (int i = 0; i < 16; i++) {
            int x = i % 4;
            int y = i / 4;
            boolean coded = block(
                    bits,
                    odds,
                    means ? WITHOUT_MEAN : WITH_MEAN,
                    context(over[x], left[y]),
                    means ? 1 : 0,
                    i,
                    steps[0],
                    steps[1]);
            over[x] = left[y] = coded;
            any |= coded;
        }
        for (int i = 16; i < 24; i++) {
            int x = (i < 20 ? 4 : 6) + i % 2;
            int y = (i < 20 ? 4 : 6) + i / 2 % 2;
            boolean coded = block(bits, odds, CHROMA, context(over[x], left[y]), 0, i, steps[4], steps[5]);
            over[x] = left[y] = coded;
            any |= coded;
        }
        return any;
    }

    private static int context(boolean a, boolean b) {
        return (a ? 1 : 0) + (b ? 1 : 0);
    }

    private boolean block(Vp8Bits bits, int[] odds, int kind, int before, int first, int block, int mean, int step) {
        int context = before;
        int i = first;
        boolean afterZero = false;
        while (i < 16) {
            int p = ((kind * Vp8Tables.BANDS + Vp8Tables.BAND[i]) * Vp8Tables.CONTEXTS + context) * Vp8Tables.NODES;
            if (!afterZero && bits.read(odds[p]) == 0) {
                break;
            }
            if (bits.read(odds[p + 1]) == 0) {
                afterZero = true;
                context = 0;
            } else {
                int value = value(bits, odds, p);
                context = value == 1 ? 1 : 2;
                afterZero = false;
                coefficients[16 * block + Vp8Tables.ZIGZAG[i]] =
                        (bits.flag() ? -value : value) * (i == 0 ? mean : step);
            }
            i++;
        }
        return i > first;
    }

    private static int value(Vp8Bits bits, int[] odds, int p) {
        if (bits.read(odds[p + 2]) == 0) {
            return 1;
        }
        if (bits.read(odds[p + 3]) == 0) {
            return bits.read(odds[p + 4]) == 0 ? 2 : 3 + bits.read(odds[p + 5]);
        }
        if (bits.read(odds[p + 6]) == 0) {
            if (bits.read(odds[p + 7]) == 0) {
                return 5 + bits.read(159);
            }
            int high = bits.read(165);
            return 7 + 2 * high + bits.read(145);
        }
        int upper = bits.read(odds[p + 8]);
        int category = 2 * upper + bits.read(odds[p + 9 + upper]);
        int extra = 0;
        for (int odd : Vp8Tables.LARGE[category]) {
            extra = 2 * extra + bits.read(odd);
        }
        return extra + 3 + (8 << category);
    }

    /** The means go to where they belong (section 14.3). */
    private void spread() {
        int[] c = coefficients;
        int m = 16 * MEANS_BLOCK;
        for (int i = 0; i < 4; i++) {
            int a = c[m + i] + c[m + 12 + i];
            int b = c[m + 4 + i] + c[m + 8 + i];
            int d = c[m + 4 + i] - c[m + 8 + i];
            int e = c[m + i] - c[m + 12 + i];
            column[i] = a + b;
            column[4 + i] = d + e;
            column[8 + i] = a - b;
            column[12 + i] = e - d;
        }
        for (int i = 0; i < 4; i++) {
            int a = column[4 * i] + column[4 * i + 3];
            int b = column[4 * i + 1] + column[4 * i + 2];
            int d = column[4 * i + 1] - column[4 * i + 2];
            int e = column[4 * i] - column[4 * i + 3];
            c[16 * (4 * i)] = a + b + 3 >> 3;
            c[16 * (4 * i + 1)] = d + e + 3 >> 3;
            c[16 * (4 * i + 2)] = a - b + 3 >> 3;
            c[16 * (4 * i + 3)] = e - d + 3 >> 3;
        }
    }

    /** Adds a block to the prediction that lies there (section 14.4). */
    void add(int block, byte[] plane, int at, int stride) {
        int[] c = coefficients;
        int from = 16 * block;
        boolean nothing = true;
        for (int i = 0; i < 16 && nothing; i++) {
            nothing = c[from + i] == 0;
        }
        if (nothing) {
            return;
        }
        for (int i = 0; i < 4; i++) {
            int a = c[from + i] + c[from + 8 + i];
            int b = c[from + i] - c[from + 8 + i];
            int d = scaled(c[from + 4 + i]) - turned(c[from + 12 + i]);
            int e = turned(c[from + 4 + i]) + scaled(c[from + 12 + i]);
            column[i] = a + e;
            column[12 + i] = a - e;
            column[4 + i] = b + d;
            column[8 + i] = b - d;
        }
        for (int i = 0; i < 4; i++) {
            int a = column[4 * i] + column[4 * i + 2];
            int b = column[4 * i] - column[4 * i + 2];
            int d = scaled(column[4 * i + 1]) - turned(column[4 * i + 3]);
            int e = turned(column[4 * i + 1]) + scaled(column[4 * i + 3]);
            int to = at + i * stride;
            plane[to] = clip((plane[to] & 0xFF) + (a + e + 4 >> 3));
            plane[to + 1] = clip((plane[to + 1] & 0xFF) + (b + d + 4 >> 3));
            plane[to + 2] = clip((plane[to + 2] & 0xFF) + (b - d + 4 >> 3));
            plane[to + 3] = clip((plane[to + 3] & 0xFF) + (a - e + 4 >> 3));
        }
    }

    private static int scaled(int value) {
        return value * SINE >> 16;
    }

    private static int turned(int value) {
        return value + (value * COSINE >> 16);
    }

    static byte clip(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    /** Nothing of a person stays. */
    void wipe() {
        Arrays.fill(coefficients, 0);
        Arrays.fill(column, 0);
    }
}
