package org.vultus.biometrics.match;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #ROWS} references of one partition, packed. Of a turned vector the leading components are kept as 16-bit numbers
 * in units of a scale of their group and row, of which four bits lie in tiles ({@link RowScan#TILE}) that are scanned and twelve by themselves; the
 * others are shorts in units of another scale. A score read back is within about 1e-5 of that of the floats.
 *
 * <p>One thread changes it at a time, which the caller sees to; any number read it meanwhile. A reader notices a change by the
 * stamp and reads again; an entry never leaves its block while it is there, so that no reader can miss it.
 */
final class Block {
    /** Of so many the scanned bytes are long enough for the processor to read ahead: it took half as long as with 512. */
    static final int ROWS = 2048;

    /** The rest lies in pieces of so many rows: the garbage collector gives larger arrays regions of their own and leaves gaps. */
    private static final int PIECE = 512;

    /** A department of a few people takes little memory. */
    private static final int FIRST_ROWS = 16;

    /** After so many changes in the way of a reader it makes the next one wait. */
    private static final int OPTIMISM = 4;

    /** How many of a component's 16 bits are not scanned. */
    private static final int LOW_BITS = 12;

    /** What the scanned bits of a component stand for is the middle of what it may be. */
    private static final int MIDDLE = 1 << (LOW_BITS - 1);

    /**
     * By so much what the scanned bits leave out counts less than the rest in a row's slack, and more in a probe's: about as long
     * beside the row's rest as the leading part beside the probe's, by which the bound is the least (faces of the default extractor).
     */
    static final double ERROR_WEIGHT = 0.3;

    /** What the arithmetic in floats may round away of a score. */
    private static final float ROUNDING = 1e-5f;

    /** Added and taken away again it leaves no fraction of a float below 2²², rounded as {@link Math#rint} does. */
    private static final float ROUNDER = 0x1.8p23f;

    private final int number;
    private final UUID partition;
    private final Rotation rotation;
    private final int columns;
    private final StampedLock lock = new StampedLock();
    private Rows rows;
    private int size;
    /** The longest leading part, as scanned, of all rows that were ever here. */
    private float leadNorm;

    /**
     * What grows.
     *
     * @param scanned tiles of the leading components' high bits, their scales and the rows' slacks ({@link RowScan})
     * @param low of each row the low eight of the components' other bits, then the high four, of two in a byte
     */
    private record Rows(short[] scanned, byte[] low, short[][] rest, float[] restScale, long[] subjects) {

        static Rows of(int count, int columns, int lowWidth, int restWidth) {
            return new Rows(
                    new short[RowScan.whole(count) * columns],
                    new byte[count * lowWidth],
                    new short[Math.ceilDiv(count, PIECE)][Math.min(count, PIECE) * restWidth],
                    new float[count],
                    new long[2 * count]);
        }

        int count() {
            return restScale.length;
        }

        long bytes() {
            return (long) Short.BYTES * (scanned.length + rest.length * rest[0].length)
                    + low.length
                    + 4L * count()
                    + 8L * subjects.length;
        }

        /** Where a row's rest is. */
        short[] piece(int row) {
            return rest[row / PIECE];
        }

        static int place(int row, int restWidth) {
            return row % PIECE * restWidth;
        }

        UUID subject(int row) {
            return new UUID(subjects[2 * row], subjects[2 * row + 1]);
        }

        void copyTo(Rows target, int from, int to, int count, int columns, int lowWidth, int restWidth) {
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < columns; i++) {
                    target.scanned[RowScan.place(to + row, i, columns)] =
                            scanned[RowScan.place(from + row, i, columns)];
                }
                System.arraycopy(
                        piece(from + row),
                        place(from + row, restWidth),
                        target.piece(to + row),
                        place(to + row, restWidth),
                        restWidth);
            }
            System.arraycopy(low, from * lowWidth, target.low, to * lowWidth, count * lowWidth);
            System.arraycopy(restScale, from, target.restScale, to, count);
            System.arraycopy(subjects, 2 * from, target.subjects, 2 * to, 2 * count);
        }

        void wipe(int from, int to, int columns, int lowWidth, int restWidth) {
            for (int row = from; row < to; row++) {
                for (int i = 0; i < columns; i++) {
                    scanned[RowScan.place(row, i, columns)] = 0;
                }
                int place = place(row, restWidth);
                Arrays.fill(piece(row), place, place + restWidth, (short) 0);
            }
            Arrays.fill(low, from * lowWidth, to * lowWidth, (byte) 0);
            Arrays.fill(restScale, from, to, 0);
            Arrays.fill(subjects, 2 * from, 2 * to, 0);
        }
    }

    /** Where a search keeps what it computes of a block; for one thread. */
    record Scratch(short[] sums, float[] bounds) {
        Scratch(PackedProbe probe) {
            this(new short[probe.groups() * ROWS], new float[ROWS]);
        }
    }

    /**
     * @param number its place among all blocks
     * @param whole with room for all its rows from the beginning
     */
    Block(int number, UUID partition, Rotation rotation, boolean whole) {
        this.number = number;
        this.partition = partition;
        this.rotation = rotation;
        this.columns = RowScan.columns(RowScan.groups(rotation.lead()));
        this.rows = Rows.of(whole ? ROWS : FIRST_ROWS, columns, low(), rest());
    }

    int number() {
        return number;
    }

    UUID partition() {
        return partition;
    }

    boolean full() {
        return size == ROWS;
    }

    int size() {
        return size;
    }

    long bytes() {
        return rows.bytes();
    }

    UUID subject(int row) {
        return rows.subject(row);
    }

    /**
     * Adds a row at the end, which is where its number tells.
     *
     * @param from where its features begin
     */
    int add(UUID subject, float[] turned, int from) {
        long stamp = lock.writeLock();
        try {
            if (size == rows.count()) {
                resize(Math.min(ROWS, 2 * size));
            }
            rows.subjects[2 * size] = subject.getMostSignificantBits();
            rows.subjects[2 * size + 1] = subject.getLeastSignificantBits();
            pack(turned, from, size);
            return size++;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    void replace(int row, float[] turned, int from) {
        long stamp = lock.writeLock();
        try {
            pack(turned, from, row);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Puts the last row in the place of this one, and zeros in the place of the last. */
    void remove(int row) {
        long stamp = lock.writeLock();
        try {
            int last = --size;
            if (row != last) {
                rows.copyTo(rows, last, row, 1, columns, low(), rest());
            }
            rows.wipe(last, last + 1, columns, low(), rest());
            if (size == 0) {
                rows = Rows.of(FIRST_ROWS, columns, low(), rest());
                leadNorm = 0;
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Offers the rows that are good enough. */
    void scan(PackedProbe probe, RowScan scan, Scratch scratch, Best best) {
        for (int attempt = 0; attempt < OPTIMISM; attempt++) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                Best found = read(probe, scan, scratch, best);
                if (lock.validate(stamp)) {
                    merge(found, best);
                    return;
                }
            }
            Thread.onSpinWait();
        }
        long stamp = lock.readLock();
        try {
            merge(read(probe, scan, scratch, best), best);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Offers one row, if it is good enough; the caller sees to it that nothing changes meanwhile. */
    void compare(PackedProbe probe, RowScan scan, int row, Best best) {
        best.offer(rows.subject(row), score(rows, row, lead(rows, row, probe), probe, scan));
    }

    private static void merge(@Nullable Best found, Best best) {
        if (found != null) {
            found.sorted().forEach(best::offer);
        }
    }

    /**
     * A row's score differs from that of its scanned bits by no more than Cauchy and Schwarz allow: what they leave out of the row
     * and its rest, times the probe's, and the scanned part times what the probe's small numbers leave out. Whatever may reach the
     * floor within that is scored in full, so nothing that belongs to the best is passed over.
     */
    private @Nullable Best read(PackedProbe probe, RowScan scan, Scratch scratch, Best best) {
        Rows now = rows;
        int count = Math.min(size, now.count());
        if (count == 0) {
            return null;
        }
        double slack = leadNorm * probe.leadError() + ROUNDING;
        scan.dots(now.scanned, count, probe, scratch.sums);
        scan.bounds(scratch.sums, now.scanned, count, probe.weights(), scratch.bounds);
        @Nullable Best found = null;
        double floor = best.floor();
        for (int row = 0; row < count; row++) {
            row = scan.firstAbove(scratch.bounds, (float) (floor - slack), row, count);
            if (row < count) {
                double lead = lead(now, row, probe);
                // The slack is at least as long as the rest.
                float rest = RowScan.upperHalf(now.scanned[RowScan.place(row, columns - 1, columns)]);
                if (lead + rest * probe.restNorm() + ROUNDING < floor) {
                    continue;
                }
                if (found == null) {
                    found = new Best(best.limit(), floor);
                }
                found.offer(now.subject(row), score(now, row, lead, probe, scan));
                floor = found.floor();
            }
        }
        return found;
    }

    /** What the leading components come to, all bits of them. */
    private double lead(Rows now, int row, PackedProbe probe) {
        int lead = rotation.lead();
        int low = row * low();
        double sum = 0;
        for (int group = 0; group < probe.groups(); group++) {
            double part = 0;
            for (int i = 0; i < Math.min(RowScan.GROUP, lead - group * RowScan.GROUP); i++) {
                int component = group * RowScan.GROUP + i;
                int place = RowScan.place(row, PlainScan.column(group, i), columns);
                int high = PlainScan.fourBits(now.scanned[place], i);
                int middle = now.low[low + lead + component / 2] >> 4 * (component % 2) & 15;
                int value = high << LOW_BITS | middle << Byte.SIZE | now.low[low + component] & 0xff;
                part += (double) value * probe.turned()[component];
            }
            sum += part * unit(RowScan.upperHalf(now.scanned[scale(row, group)]));
        }
        return sum;
    }

    /** @param lead what the leading components come to */
    private double score(Rows now, int row, double lead, PackedProbe probe, RowScan scan) {
        double rest = scan.dot(now.piece(row), Rows.place(row, rest()), probe.turned(), rotation.lead(), rest());
        return Math.clamp(lead + now.restScale[row] * rest, -1.0, 1.0);
    }

    private int low() {
        return rotation.lead() + Math.ceilDiv(rotation.lead(), 2);
    }

    private int rest() {
        return rotation.dimension() - rotation.lead();
    }

    private int scale(int row, int group) {
        return RowScan.place(row, PlainScan.column(group, RowScan.GROUP), columns);
    }

    /** Of the 16-bit numbers: the scanned bits are in larger ones, for they stand for 2n + 1. */
    private static float unit(float scale) {
        return scale / MIDDLE;
    }

    private void resize(int count) {
        Rows larger = Rows.of(count, columns, low(), rest());
        rows.copyTo(larger, 0, 0, size, columns, low(), rest());
        Rows before = rows;
        rows = larger;
        before.wipe(0, size, columns, low(), rest());
    }

    private void pack(float[] turned, int from, int row) {
        double error = 0;
        double square = 0;
        short[] values = new short[RowScan.GROUP];
        for (int group = 0; group < RowScan.groups(rotation.lead()); group++) {
            int first = group * RowScan.GROUP;
            int count = Math.min(RowScan.GROUP, rotation.lead() - first);
            short scale = RowScan.roundedUp(MIDDLE * unit(turned, from + first, count));
            double unit = unit(RowScan.upperHalf(scale));
            rows.scanned[scale(row, group)] = scale;
            quantise(turned, from + first, count, (float) (1 / unit), values, 0);
            put(row, group, values, count);
            long errors = 0;
            long squares = 0;
            for (int i = 0; i < count; i++) {
                // What its scanned bits stand for.
                int scanned = (values[i] >> LOW_BITS << LOW_BITS) + MIDDLE;
                errors += (long) (values[i] - scanned) * (values[i] - scanned);
                squares += (long) scanned * scanned;
            }
            error += unit * unit * errors;
            square += unit * unit * squares;
        }
        Arrays.fill(values, (short) 0);
        int leading = rotation.lead();
        float restUnit = unit(turned, from + leading, rest());
        long restSquare =
                quantise(turned, from + leading, rest(), 1 / restUnit, rows.piece(row), Rows.place(row, rest()));
        rows.restScale[row] = restUnit;
        double slack = Math.sqrt((double) restUnit * restUnit * restSquare + error / (ERROR_WEIGHT * ERROR_WEIGHT));
        rows.scanned[RowScan.place(row, columns - 1, columns)] = RowScan.roundedUp((float) slack);
        leadNorm = Math.max(leadNorm, (float) Math.sqrt(square));
    }

    /** Puts a group in the place of what was there: each short and each byte is written once, when all its components are known. */
    private void put(int row, int group, short[] values, int count) {
        int place = RowScan.place(row, PlainScan.column(group, 0), columns);
        int low = row * low() + group * RowScan.GROUP;
        int middle = row * low() + rotation.lead() + group * RowScan.GROUP / 2;
        for (int first = 0; first < RowScan.GROUP; first += RowScan.IN_SHORT) {
            short high = 0;
            for (int i = first; i < Math.min(count, first + RowScan.IN_SHORT); i++) {
                high = PlainScan.withFourBits(high, i, values[i] >> LOW_BITS);
                rows.low[low + i] = (byte) values[i];
            }
            rows.scanned[place + first / RowScan.IN_SHORT * RowScan.TILE] = high;
        }
        for (int i = 0; i < count; i += 2) {
            int next = i + 1 < count ? values[i + 1] : 0;
            rows.low[middle + i / 2] = (byte) (values[i] >> Byte.SIZE & 15 | next >> Byte.SIZE - 4 & 0xf0);
        }
    }

    /** What the largest magnitude is 32,767 of; a part of nothing but zeros has any. */
    private static float unit(float[] values, int from, int count) {
        float largest = largest(values, from, count);
        return (largest > 0 ? largest : 1) / Short.MAX_VALUE;
    }

    // The loops below are plain: the compiler makes vectors of them by itself, long before the Vector API is as fast,
    // and a start packs every row there is (docs/adr/0061).

    /**
     * Writes numbers in units of {@code 1 / inverse}, rounded, as shorts; none may be beyond their range.
     *
     * @return the sum of their squares
     */
    static long quantise(float[] x, int from, int count, float inverse, short[] to, int toFrom) {
        for (int i = 0; i < count; i++) {
            to[toFrom + i] = (short) (int) (x[from + i] * inverse + ROUNDER - ROUNDER);
        }
        long square = 0;
        for (int i = 0; i < count; i++) {
            int value = to[toFrom + i];
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
