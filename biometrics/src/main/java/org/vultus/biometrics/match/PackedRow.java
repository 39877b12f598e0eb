package org.vultus.biometrics.match;

import java.util.Arrays;

/**
 * A turned vector made ready for a block, which copies it. The leading components become 16-bit numbers in units of a scale of their
 * group, of which four bits go into the columns that are scanned and twelve do not; the others become shorts in units of another
 * scale. To be used again and again by one thread, which wipes it at the end.
 *
 * <p>Its loops are plain: the compiler makes vectors of them by itself, long before the Vector API is as fast, and a start packs
 * every row there is (docs/adr/0061).
 */
final class PackedRow {
    /** How many of a component's 16 bits are not scanned. */
    static final int LOW_BITS = 12;

    /** What the scanned bits of a component stand for is the middle of what it may be. */
    private static final int MIDDLE = 1 << (LOW_BITS - 1);

    /** Added and taken away again it leaves no fraction of a float below 2²², rounded as {@link Math#rint} does. */
    private static final float ROUNDER = 0x1.8p23f;

    private final Rotation rotation;
    private final short[] values = new short[RowScan.GROUP];
    private final short[] scanned;
    private final byte[] low;
    private final short[] rest;
    private float restScale;
    private float leadNorm;

    PackedRow(Rotation rotation) {
        this.rotation = rotation;
        this.scanned = new short[RowScan.columns(RowScan.groups(rotation.lead()))];
        this.low = new byte[lowWidth(rotation)];
        this.rest = new short[restWidth(rotation)];
    }

    /** The bytes of the bits that are not scanned. */
    static int lowWidth(Rotation rotation) {
        return rotation.lead() + Math.ceilDiv(rotation.lead(), 2);
    }

    /** The components that do not lead. */
    static int restWidth(Rotation rotation) {
        return rotation.dimension() - rotation.lead();
    }

    /** The unit of a group's 16-bit numbers. Its scale is that of the scanned bits, which is larger, for they stand for 2n + 1. */
    static float unit(float scale) {
        return scale / MIDDLE;
    }

    /** The columns of its tile: of each group the components and the scale, and at the end the slack. */
    short[] scanned() {
        return scanned;
    }

    /** The low eight bits of each component's other bits, then the high four, of two in a byte. */
    byte[] low() {
        return low;
    }

    /** The components that do not lead, in units of {@link #restScale}. */
    short[] rest() {
        return rest;
    }

    float restScale() {
        return restScale;
    }

    /** The length of the leading part, as scanned. */
    float leadNorm() {
        return leadNorm;
    }

    /** @param from where the vector begins */
    void pack(float[] turned, int from) {
        double error = 0;
        double square = 0;
        int leading = rotation.lead();
        for (int group = 0; group < RowScan.groups(leading); group++) {
            int first = group * RowScan.GROUP;
            int count = Math.min(RowScan.GROUP, leading - first);
            short scale = RowScan.roundedUp(MIDDLE * largestUnit(turned, from + first, count));
            double unit = unit(RowScan.upperHalf(scale));
            quantise(turned, from + first, count, (float) (1 / unit), values);
            scanned[PlainScan.column(group, RowScan.GROUP)] = scale;
            put(group, count);
            long errors = 0;
            long squares = 0;
            for (int i = 0; i < count; i++) {
                // What its scanned bits stand for.
                int middle = (values[i] >> LOW_BITS << LOW_BITS) + MIDDLE;
                errors += (long) (values[i] - middle) * (values[i] - middle);
                squares += (long) middle * middle;
            }
            error += unit * unit * errors;
            square += unit * unit * squares;
        }
        restScale = largestUnit(turned, from + leading, rest.length);
        long restSquare = quantise(turned, from + leading, rest.length, 1 / restScale, rest);
        double slack = Math.sqrt(
                (double) restScale * restScale * restSquare + error / (Block.ERROR_WEIGHT * Block.ERROR_WEIGHT));
        scanned[scanned.length - 1] = RowScan.roundedUp((float) slack);
        leadNorm = (float) Math.sqrt(square);
    }

    void wipe() {
        Arrays.fill(values, (short) 0);
        Arrays.fill(scanned, (short) 0);
        Arrays.fill(low, (byte) 0);
        Arrays.fill(rest, (short) 0);
        restScale = 0;
        leadNorm = 0;
    }

    /** Each short and each byte is written once, when all its components are known. */
    private void put(int group, int count) {
        int column = PlainScan.column(group, 0);
        int first = group * RowScan.GROUP;
        for (int of = 0; of < RowScan.GROUP; of += RowScan.IN_SHORT) {
            short high = 0;
            for (int i = of; i < Math.min(count, of + RowScan.IN_SHORT); i++) {
                high = PlainScan.withFourBits(high, i, values[i] >> LOW_BITS);
                low[first + i] = (byte) values[i];
            }
            scanned[column + of / RowScan.IN_SHORT] = high;
        }
        int middle = rotation.lead() + first / 2;
        for (int i = 0; i < count; i += 2) {
            int next = i + 1 < count ? values[i + 1] : 0;
            low[middle + i / 2] = (byte) (values[i] >> Byte.SIZE & 15 | next >> Byte.SIZE - 4 & 0xf0);
        }
    }

    /** What the largest magnitude is 32,767 of; a part of nothing but zeros has any. */
    private static float largestUnit(float[] values, int from, int count) {
        float largest = largest(values, from, count);
        return (largest > 0 ? largest : 1) / Short.MAX_VALUE;
    }

    /**
     * Writes numbers in units of {@code 1 / inverse}, rounded, as shorts; none may be beyond their range.
     *
     * @return the sum of their squares
     */
    static long quantise(float[] x, int from, int count, float inverse, short[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = (short) (int) (x[from + i] * inverse + ROUNDER - ROUNDER);
        }
        long square = 0;
        for (int i = 0; i < count; i++) {
            int value = to[i];
            square += (long) value * value;
        }
        return square;
    }

    /** The largest magnitude of some numbers. */
    static float largest(float[] x, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
    }
}
