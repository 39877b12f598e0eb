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

    /** Takes {@code x} to {@code x − v·⟨v, x⟩}, in place; as long as each other. */
    void reflect(float[] v, float[] x);
}
