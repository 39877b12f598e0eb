package org.vultus.biometrics.match;

import java.lang.foreign.MemorySegment;
import org.vultus.biometrics.simd.VectorApi;

/** The inner loops of a search over packed rows. Stateless, safe for several threads. */
sealed interface RowScan permits PlainScan, VectorScan {
    /**
     * So many rows lie together in a tile, column by column: first the first short of each, then the second of each. So the lanes of
     * a vector are rows, and nothing has to be summed across them.
     */
    int TILE = 64;

    /** So many components have a scale in common: with fewer it would fit better and take more to read. */
    int GROUP = 32;

    /** Components in a short: the four highest bits of each, plus 8; of the last one without, as a sign. */
    int IN_SHORT = 4;

    /** The columns of a group: its components, and their scale. */
    int GROUP_COLUMNS = GROUP / IN_SHORT + 1;

    /** What a group of a probe may sum up to, without signs: so many times 15, the largest that four bits stand for, fit a short. */
    int LARGEST_OF_PROBE = Short.MAX_VALUE / 15;

    /** How many columns of a matrix lie together. */
    int STRIP = 32;

    /** Of so many rows a matrix is multiplied with each element that was read. */
    int ROWS_AT_ONCE = 4;

    /** The groups that hold so many components. */
    static int groups(int components) {
        return Math.ceilDiv(components, GROUP);
    }

    /** The columns of rows with so many groups, the last of which is each row's slack. */
    static int columns(int groups) {
        return groups * GROUP_COLUMNS + 1;
    }

    /** Where a column of a row lies among tiles that have so many. */
    static int place(int row, int column, int columns) {
        return (row / TILE * columns + column) * TILE + row % TILE;
    }

    /** The upper half of the smallest such float that is not below {@code x}, which is not negative. */
    static short roundedUp(float x) {
        return (short) ((Float.floatToRawIntBits(x) + 0xffff) >>> Short.SIZE);
    }

    /** The float that this is the upper half of. */
    static float upperHalf(short bits) {
        return Float.intBitsToFloat(bits << Short.SIZE);
    }

    /** The rows of whole tiles that hold so many. */
    static int whole(int rows) {
        return Math.ceilDiv(rows, TILE) * TILE;
    }

    /** The quicker one on this machine. */
    static RowScan best() {
        return VectorApi.available() && VectorScan.isQuicker() ? VectorScan.INSTANCE : PlainScan.INSTANCE;
    }

    /**
     * The dot products of each group of {@code count} rows with that of a probe; four bits n stand for 2n + 1, from −15 to 15.
     *
     * @param rows shorts, whole tiles of as many groups as the probe has
     * @param sums of each tile the first group of all rows, then the second: as long as the groups of whole tiles; beyond {@code
     *     count} anything may be written
     */
    void dots(MemorySegment rows, int count, PackedProbe probe, short[] sums);

    /**
     * What the scores of rows are at most: {@code Σ sum × scale of the group × weight}, and the slack of the row by the last weight.
     *
     * @param sums of {@link #dots}
     * @param bounds as long as whole tiles; beyond {@code count} anything may be written
     */
    void bounds(short[] sums, MemorySegment rows, int count, float[] weights, float[] bounds);

    /** The dot product of a part of a row of shorts, from the {@code from}-th on, with a part of the probe. */
    float dot(MemorySegment row, int from, float[] probe, int probeFrom, int count);

    /** The first row from {@code from} on whose bound is at least {@code least}; {@code count} where none is. */
    int firstAbove(float[] bounds, float least, int from, int count);

    /**
     * Adds products of rows with a matrix: {@code to[r][j] += Σ x[r][i]·matrix[i][j]}.
     *
     * @param x rows of {@code stride} floats, the first {@code depth} of each being used
     * @param rows how many, a multiple of {@value #ROWS_AT_ONCE}
     * @param matrix {@code depth} rows of {@code width} floats, in strips of {@value #STRIP} columns ({@link #strip})
     * @param width a multiple of {@value #STRIP}
     * @param to rows of {@code toStride} floats
     */
    void multiply(float[] x, int stride, int rows, float[] matrix, int depth, int width, float[] to, int toStride);

    /** Where an element of a matrix for {@link #multiply} lies: strip by strip, so that it is read from beginning to end. */
    static int strip(int row, int column, int depth) {
        return (column / STRIP * depth + row) * STRIP + column % STRIP;
    }

    /** Takes {@code x} to {@code x − v·⟨v, x⟩}, in place; as long as each other. */
    void reflect(float[] v, float[] x);
}
