package org.vultus.biometrics.match;

import org.vultus.biometrics.simd.VectorApi;

/** The inner loops of a search over packed rows. Stateless, safe for several threads. */
sealed interface RowScan permits PlainScan, VectorScan {
    /** A multiple that the width of rows must have: two of the widest vectors of shorts. */
    int WIDTH = 64;

    /** The quicker one on this machine. */
    static RowScan best() {
        return VectorApi.available() && VectorScan.isQuicker() ? VectorScan.INSTANCE : PlainScan.INSTANCE;
    }

    /**
     * The dot products of {@code count} rows with a probe.
     *
     * @param rows one after the other, each as wide as the probe, which is a multiple of {@value #WIDTH}
     * @param probe numbers from −127 to 127, as those of the rows
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
