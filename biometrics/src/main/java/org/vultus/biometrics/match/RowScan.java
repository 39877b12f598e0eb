package org.vultus.biometrics.match;

import org.vultus.biometrics.simd.VectorApi;

/** The inner loops of a search over packed rows. Stateless, safe for several threads. */
sealed interface RowScan permits PlainScan, VectorScan {
    /**
     * So many rows lie together in a tile, component by component: first the first component of each, then the second of each. So
     * the lanes of a vector are rows, and nothing has to be summed across them.
     */
    int TILE = 64;

    /** A multiple that the width of rows must have: of so many products the sum fits a short. */
    int STEP = 8;

    /** The largest component of a probe: {@value #STEP} times 127 of a row's largest. */
    int LARGEST_OF_PROBE = Short.MAX_VALUE / (STEP * Byte.MAX_VALUE);

    /** How many columns of a matrix lie together. */
    int STRIP = 32;

    /** Of so many rows a matrix is multiplied with each element that was read. */
    int ROWS_AT_ONCE = 4;

    /** Where a component of a row lies among tiles of that width. */
    static int place(int row, int component, int width) {
        return (row / TILE * width + component) * TILE + row % TILE;
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
     * The dot products of {@code count} rows with a probe.
     *
     * @param rows whole tiles of numbers from −127 to 127, as wide as the probe, which is a multiple of {@value #STEP}
     * @param probe numbers from −{@value #LARGEST_OF_PROBE} to {@value #LARGEST_OF_PROBE}
     * @param sums as long as the tiles; beyond {@code count} anything may be written
     */
    void dots(byte[] rows, int count, short[] probe, int[] sums);

    /** The dot product of a part of a row with a part of the probe. */
    float dot(short[] row, int from, float[] probe, int probeFrom, int count);

    /** The same with bytes and the beginning of the probe. */
    float dot(byte[] row, int from, float[] probe, int count);

    /** The first row from {@code from} on whose {@code sums × scales} is at least {@code least}; {@code count} where none is. */
    int firstAbove(int[] sums, float[] scales, float least, int from, int count);

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

    /**
     * Writes numbers in units of {@code 1 / inverse}, rounded, as shorts; none may be beyond their range.
     *
     * @return the sum of their squares
     */
    long quantise(float[] x, int from, int count, float inverse, short[] to, int toFrom);

    /** The largest magnitude of some numbers. */
    float largest(float[] x, int from, int count);

    /** Takes {@code x} to {@code x − v·⟨v, x⟩}, in place; as long as each other. */
    void reflect(float[] v, float[] x);
}
