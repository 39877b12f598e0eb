package org.vultus.biometrics.match;

import java.util.Arrays;

/** The loops as one would write them: what {@link VectorScan} is tested against, and what runs where it cannot. */
final class PlainScan implements RowScan {
    static final PlainScan INSTANCE = new PlainScan();

    private PlainScan() {}

    @Override
    public void dots(byte[] rows, int count, short[] probe, int[] sums) {
        int from = 0;
        for (int tile = 0; tile < count; tile += TILE) {
            Arrays.fill(sums, tile, tile + TILE, 0);
            for (short component : probe) {
                for (int i = 0; i < TILE; i++) {
                    sums[tile + i] += rows[from + i] * component;
                }
                from += TILE;
            }
        }
    }

    @Override
    public float dot(short[] row, int from, float[] probe, int probeFrom, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += row[from + i] * probe[probeFrom + i];
        }
        return sum;
    }

    @Override
    public float dot(byte[] row, int from, float[] probe, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += row[from + i] * probe[i];
        }
        return sum;
    }

    @Override
    public int firstAbove(int[] sums, float[] scales, float least, int from, int count) {
        for (int row = from; row < count; row++) {
            if (sums[row] * scales[row] >= least) {
                return row;
            }
        }
        return count;
    }

    @Override
    public void reflect(float[] v, float[] x) {
        float dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += v[i] * x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] -= dot * v[i];
        }
    }
}
