package org.vultus.biometrics.match;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The loops as one would write them: what {@link VectorScan} is tested against, and what runs where it cannot. */
final class PlainScan implements RowScan {
    static final PlainScan INSTANCE = new PlainScan();

    private PlainScan() {}

    @Override
    public void dots(MemorySegment rows, int count, PackedProbe probe, short[] sums) {
        int groups = probe.groups();
        int columns = RowScan.columns(groups);
        for (int row = 0; row < count; row++) {
            for (int group = 0; group < groups; group++) {
                int sum = 0;
                for (int i = 0; i < GROUP; i++) {
                    int four = fourBits(
                            rows.getAtIndex(ValueLayout.JAVA_SHORT, RowScan.place(row, column(group, i), columns)), i);
                    sum += (2 * four + 1) * probe.lead()[group * GROUP + i];
                }
                sums[RowScan.place(row, group, groups)] = (short) sum;
            }
        }
    }

    /** The column of a group's component. */
    static int column(int group, int component) {
        return group * GROUP_COLUMNS + component / IN_SHORT;
    }

    /** What a short holds of a component, from −8 to 7. */
    static int fourBits(short column, int component) {
        return (((column ^ Short.MIN_VALUE) >> 4 * (component % IN_SHORT)) & 15) - 8;
    }

    /** The same short with other bits for a component that had none. */
    static short withFourBits(short column, int component, int bits) {
        boolean last = component % IN_SHORT == IN_SHORT - 1;
        return (short) (column | ((last ? bits : bits + 8) & 15) << 4 * (component % IN_SHORT));
    }

    @Override
    public void bounds(short[] sums, MemorySegment rows, int count, float[] weights, float[] bounds) {
        int groups = weights.length - 1;
        int columns = RowScan.columns(groups);
        for (int row = 0; row < count; row++) {
            float bound =
                    RowScan.upperHalf(rows.getAtIndex(ValueLayout.JAVA_SHORT, RowScan.place(row, columns - 1, columns)))
                            * weights[groups];
            for (int group = 0; group < groups; group++) {
                int scale = RowScan.place(row, column(group, GROUP), columns);
                bound += sums[RowScan.place(row, group, groups)]
                        * RowScan.upperHalf(rows.getAtIndex(ValueLayout.JAVA_SHORT, scale))
                        * weights[group];
            }
            bounds[row] = bound;
        }
    }

    @Override
    public float dot(MemorySegment row, int from, float[] probe, int probeFrom, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += row.getAtIndex(ValueLayout.JAVA_SHORT, from + i) * probe[probeFrom + i];
        }
        return sum;
    }

    @Override
    public int firstAbove(float[] bounds, float least, int from, int count) {
        for (int row = from; row < count; row++) {
            if (bounds[row] >= least) {
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
