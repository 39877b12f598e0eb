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
    public void multiply(
            float[] x, int stride, int rows, float[] matrix, int depth, int width, float[] to, int toStride) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                float sum = 0;
                for (int i = 0; i < depth; i++) {
                    sum += x[row * stride + i] * matrix[RowScan.strip(i, j, depth)];
                }
                to[row * toStride + j] += sum;
            }
        }
    }

    @Override
    public long quantise(float[] x, int from, int count, float inverse, short[] to, int toFrom) {
        long square = 0;
        for (int i = 0; i < count; i++) {
            int value = (int) Math.rint(x[from + i] * inverse);
            to[toFrom + i] = (short) value;
            square += (long) value * value;
        }
        return square;
    }

    @Override
    public float largest(float[] x, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
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
