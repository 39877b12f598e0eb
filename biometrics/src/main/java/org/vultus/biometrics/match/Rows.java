package org.vultus.biometrics.match;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.UUID;

/**
 * Memory for the rows of a block. It lies outside of the heap: the garbage collector makes no copies of it that nobody could wipe, a
 * gallery needs no larger heap, and what is scanned begins at a line of the cache. The system gets it back when nobody can read it any
 * more. Knows nothing of how many rows are used, nor of threads.
 *
 * @param count of rows there is room for
 * @param columns of a row's part of the tiles
 * @param lowWidth the bytes of a row's low bits
 * @param restWidth the shorts of a row's rest
 * @param scanned tiles of the leading components' high bits, their scales and the rows' slacks ({@link RowScan})
 * @param low of each row what {@link PackedRow#low} is
 * @param rest of each row what {@link PackedRow#rest} is
 * @param restScale of each row a float
 * @param subjects of each row two longs
 */
record Rows(
        int count,
        int columns,
        int lowWidth,
        int restWidth,
        MemorySegment scanned,
        MemorySegment low,
        MemorySegment rest,
        MemorySegment restScale,
        MemorySegment subjects) {
    private static final int SUBJECT = 2 * Long.BYTES;

    private static final int CACHE_LINE = 64;

    /** For so many rows, all zeros. */
    static Rows of(int count, Rotation rotation) {
        int columns = RowScan.columns(RowScan.groups(rotation.lead()));
        int lowWidth = PackedRow.lowWidth(rotation);
        int restWidth = PackedRow.restWidth(rotation);
        Arena arena = Arena.ofAuto();
        long restScale = (long) SUBJECT * count;
        long rest = restScale + (long) Float.BYTES * count;
        long low = rest + (long) Short.BYTES * restWidth * count;
        MemorySegment others = arena.allocate(low + (long) lowWidth * count, Long.BYTES);
        return new Rows(
                count,
                columns,
                lowWidth,
                restWidth,
                arena.allocate((long) Short.BYTES * columns * RowScan.whole(count), CACHE_LINE),
                others.asSlice(low),
                others.asSlice(rest, low - rest),
                others.asSlice(restScale, rest - restScale),
                others.asSlice(0, restScale));
    }

    long bytes() {
        return scanned.byteSize() + low.byteSize() + rest.byteSize() + restScale.byteSize() + subjects.byteSize();
    }

    UUID subject(int row) {
        return new UUID(
                subjects.getAtIndex(ValueLayout.JAVA_LONG, 2L * row),
                subjects.getAtIndex(ValueLayout.JAVA_LONG, 2L * row + 1));
    }

    void subject(int row, UUID subject) {
        subjects.setAtIndex(ValueLayout.JAVA_LONG, 2L * row, subject.getMostSignificantBits());
        subjects.setAtIndex(ValueLayout.JAVA_LONG, 2L * row + 1, subject.getLeastSignificantBits());
    }

    short scanned(int row, int column) {
        return scanned.getAtIndex(ValueLayout.JAVA_SHORT, RowScan.place(row, column, columns));
    }

    float restScale(int row) {
        return restScale.getAtIndex(ValueLayout.JAVA_FLOAT, row);
    }

    /** Where the rest of a row begins, in shorts. */
    int rest(int row) {
        return row * restWidth;
    }

    /** A byte of a row's low bits. */
    int low(int row, int place) {
        return low.get(ValueLayout.JAVA_BYTE, (long) row * lowWidth + place);
    }

    void set(int row, PackedRow packed) {
        int place = RowScan.place(row, 0, columns);
        for (short column : packed.scanned()) {
            scanned.setAtIndex(ValueLayout.JAVA_SHORT, place, column);
            place += RowScan.TILE;
        }
        MemorySegment.copy(packed.low(), 0, low, ValueLayout.JAVA_BYTE, (long) row * lowWidth, lowWidth);
        MemorySegment.copy(packed.rest(), 0, rest, ValueLayout.JAVA_SHORT, (long) Short.BYTES * rest(row), restWidth);
        restScale.setAtIndex(ValueLayout.JAVA_FLOAT, row, packed.restScale());
    }

    void copyTo(Rows target, int from, int to, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns; i++) {
                target.scanned.setAtIndex(
                        ValueLayout.JAVA_SHORT, RowScan.place(to + row, i, columns), scanned(from + row, i));
            }
        }
        copy(low, target.low, lowWidth, from, to, rows);
        copy(rest, target.rest, Short.BYTES * restWidth, from, to, rows);
        copy(restScale, target.restScale, Float.BYTES, from, to, rows);
        copy(subjects, target.subjects, SUBJECT, from, to, rows);
    }

    private static void copy(MemorySegment source, MemorySegment target, int width, int from, int to, int rows) {
        MemorySegment.copy(source, (long) from * width, target, (long) to * width, (long) rows * width);
    }

    void wipe(int from, int to) {
        for (int row = from; row < to; row++) {
            for (int i = 0; i < columns; i++) {
                scanned.setAtIndex(ValueLayout.JAVA_SHORT, RowScan.place(row, i, columns), (short) 0);
            }
        }
        zeros(low, lowWidth, from, to);
        zeros(rest, Short.BYTES * restWidth, from, to);
        zeros(restScale, Float.BYTES, from, to);
        zeros(subjects, SUBJECT, from, to);
    }

    private static void zeros(MemorySegment memory, int width, int from, int to) {
        memory.asSlice((long) from * width, (long) (to - from) * width).fill((byte) 0);
    }
}
