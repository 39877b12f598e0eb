package org.vultus.onnx;

import java.util.List;

/** One output of a network. */
record OutputShape(String name, List<Integer> sizes) {

    OutputShape {
        sizes = List.copyOf(sizes);
    }

    int elements() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /** The number of values in a row: the last size. */
    int columns() {
        return sizes.isEmpty() ? 1 : sizes.getLast();
    }

    int rows() {
        return columns() == 0 ? 0 : elements() / columns();
    }

    boolean is(int rows, int columns) {
        return rows() == rows && columns() == columns;
    }

    long[] toArray() {
        return sizes.stream().mapToLong(Integer::longValue).toArray();
    }
}
