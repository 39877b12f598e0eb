package org.vultus.biometrics.match;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #ROWS} references of one partition, packed. Of a turned vector the leading components are kept as 16-bit numbers
 * in two bytes, the high ones in tiles of their own ({@link RowScan#TILE}) that are scanned, and the others as shorts: each part in units of a scale
 * of its row, so that a score read back is within about 1e-5 of that of the floats.
 *
 * <p>One thread changes it at a time, which the caller sees to; any number read it meanwhile. A reader notices a change by the
 * stamp and reads again; an entry never leaves its block while it is there, so that no reader can miss it.
 */
final class Block {
    static final int ROWS = 512;

    /** A department of a few people takes little memory. */
    private static final int FIRST_ROWS = 16;

    /** After so many changes in the way of a reader it makes the next one wait. */
    private static final int OPTIMISM = 4;

    /** The largest 16-bit number whose high byte, rounded, is not beyond 127. */
    private static final int LARGEST = 127 << Byte.SIZE;

    /** What the arithmetic in floats may round away of a score. */
    private static final float ROUNDING = 1e-5f;

    private static final RowScan LOOPS = RowScan.best();

    private final int number;
    private final UUID partition;
    private final Rotation rotation;
    private final int width;
    private final StampedLock lock = new StampedLock();
    private Rows rows;
    private int size;
    // Of all rows that were ever here: the bytes' largest error, the longest leading part, the longest rest.
    private float leadError;
    private float leadNorm;
    private float restNorm;

    /** What grows. */
    private record Rows(byte[] high, byte[] low, short[] rest, float[] highScale, float[] restScale, long[] subjects) {

        static Rows of(int count, int width, int lead, int rest) {
            return new Rows(
                    new byte[RowScan.whole(count) * width],
                    new byte[count * lead],
                    new short[count * rest],
                    new float[count],
                    new float[count],
                    new long[2 * count]);
        }

        int count() {
            return highScale.length;
        }

        long bytes() {
            return high.length + low.length + (long) Short.BYTES * rest.length + 8L * count() + 8L * subjects.length;
        }

        UUID subject(int row) {
            return new UUID(subjects[2 * row], subjects[2 * row + 1]);
        }

        void copyTo(Rows target, int from, int to, int count, int width, int lead, int restWidth) {
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < width; i++) {
                    target.high[RowScan.place(to + row, i, width)] = high[RowScan.place(from + row, i, width)];
                }
            }
            System.arraycopy(low, from * lead, target.low, to * lead, count * lead);
            System.arraycopy(rest, from * restWidth, target.rest, to * restWidth, count * restWidth);
            System.arraycopy(highScale, from, target.highScale, to, count);
            System.arraycopy(restScale, from, target.restScale, to, count);
            System.arraycopy(subjects, 2 * from, target.subjects, 2 * to, 2 * count);
        }

        void wipe(int from, int to, int width, int lead, int restWidth) {
            for (int row = from; row < to; row++) {
                for (int i = 0; i < width; i++) {
                    high[RowScan.place(row, i, width)] = 0;
                }
            }
            Arrays.fill(low, from * lead, to * lead, (byte) 0);
            Arrays.fill(rest, from * restWidth, to * restWidth, (short) 0);
            Arrays.fill(highScale, from, to, 0);
            Arrays.fill(restScale, from, to, 0);
            Arrays.fill(subjects, 2 * from, 2 * to, 0);
        }
    }

    /**
     * @param number its place among all blocks
     * @param width of the scanned rows: the leading components, padded
     */
    Block(int number, UUID partition, Rotation rotation, int width) {
        this.number = number;
        this.partition = partition;
        this.rotation = rotation;
        this.width = width;
        this.rows = Rows.of(FIRST_ROWS, width, rotation.lead(), rest());
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
                rows.copyTo(rows, last, row, 1, width, rotation.lead(), rest());
            }
            rows.wipe(last, last + 1, width, rotation.lead(), rest());
            if (size == 0) {
                rows = Rows.of(FIRST_ROWS, width, rotation.lead(), rest());
                leadError = 0;
                leadNorm = 0;
                restNorm = 0;
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Offers the rows that are good enough. */
    void scan(PackedProbe probe, RowScan scan, int[] sums, Best best) {
        for (int attempt = 0; attempt < OPTIMISM; attempt++) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                Best found = read(probe, scan, sums, best);
                if (lock.validate(stamp)) {
                    merge(found, best);
                    return;
                }
            }
            Thread.onSpinWait();
        }
        long stamp = lock.readLock();
        try {
            merge(read(probe, scan, sums, best), best);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Offers one row, if it is good enough; the caller sees to it that nothing changes meanwhile. */
    void compare(PackedProbe probe, RowScan scan, int row, Best best) {
        double lead = high(rows, row, probe) + low(rows, row, probe, scan);
        best.offer(rows.subject(row), score(rows, row, lead, probe, scan));
    }

    private static void merge(@Nullable Best found, Best best) {
        if (found != null) {
            found.sorted().forEach(best::offer);
        }
    }

    /**
     * A row's score differs from that of its bytes by no more than Cauchy and Schwarz allow: what the row's bytes leave out times
     * the probe, the bytes times what the probe's bytes leave out, and rest times rest. Whatever may reach the floor within
     * that is scored in full, so nothing that belongs to the best is passed over.
     */
    private @Nullable Best read(PackedProbe probe, RowScan scan, int[] sums, Best best) {
        Rows now = rows;
        int count = Math.min(size, now.count());
        if (count == 0) {
            return null;
        }
        double restSlack = restNorm * probe.restNorm() + ROUNDING;
        double rowSlack = restSlack + leadError * probe.leadNorm();
        double slack = rowSlack + leadNorm * probe.leadError();
        scan.dots(now.high, count, probe.lead(), sums);
        @Nullable Best found = null;
        double floor = best.floor();
        for (int row = 0; row < count; row++) {
            row = scan.firstAbove(sums, now.highScale, (float) ((floor - slack) / probe.leadScale()), row, count);
            if (row < count) {
                // The probe's own numbers tell most of those apart that its small ones could not.
                double high = high(now, row, probe);
                if (high + rowSlack < floor) {
                    continue;
                }
                double lead = high + low(now, row, probe, scan);
                if (lead + restSlack < floor) {
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

    private double high(Rows now, int row, PackedProbe probe) {
        double sum = 0;
        int place = RowScan.place(row, 0, width);
        for (int i = 0; i < rotation.lead(); i++) {
            sum += now.high[place + i * RowScan.TILE] * probe.turned()[i];
        }
        return now.highScale[row] * sum;
    }

    private double low(Rows now, int row, PackedProbe probe, RowScan scan) {
        int lead = rotation.lead();
        return now.highScale[row] * scan.dot(now.low, row * lead, probe.turned(), lead) / (1 << Byte.SIZE);
    }

    /** @param lead what the leading components come to */
    private double score(Rows now, int row, double lead, PackedProbe probe, RowScan scan) {
        double rest = scan.dot(now.rest, row * rest(), probe.turned(), rotation.lead(), rest());
        return Math.clamp(lead + now.restScale[row] * rest, -1.0, 1.0);
    }

    private int rest() {
        return rotation.dimension() - rotation.lead();
    }

    private void resize(int count) {
        Rows larger = Rows.of(count, width, rotation.lead(), rest());
        rows.copyTo(larger, 0, 0, size, width, rotation.lead(), rest());
        Rows before = rows;
        rows = larger;
        before.wipe(0, size, width, rotation.lead(), rest());
    }

    private void pack(float[] turned, int from, int row) {
        int lead = rotation.lead();
        float unit = unit(turned, from, lead, LARGEST);
        float highScale = unit * (1 << Byte.SIZE);
        short[] leading = new short[lead];
        LOOPS.quantise(turned, from, lead, 1 / unit, leading, 0);
        int error = 0;
        int square = 0;
        int place = RowScan.place(row, 0, width);
        for (int i = 0; i < lead; i++) {
            int value = leading[i];
            int high = (value + (1 << (Byte.SIZE - 1))) >> Byte.SIZE;
            int low = value - (high << Byte.SIZE);
            rows.high[place + i * RowScan.TILE] = (byte) high;
            rows.low[row * lead + i] = (byte) low;
            error += low * low;
            square += high * high;
        }
        Arrays.fill(leading, (short) 0);
        rows.highScale[row] = highScale;
        float restUnit = unit(turned, from + lead, rest(), Short.MAX_VALUE);
        long restSquare = LOOPS.quantise(turned, from + lead, rest(), 1 / restUnit, rows.rest, row * rest());
        rows.restScale[row] = restUnit;
        leadError = Math.max(leadError, (float) (unit * Math.sqrt(error)));
        leadNorm = Math.max(leadNorm, (float) (highScale * Math.sqrt(square)));
        restNorm = Math.max(restNorm, (float) (restUnit * Math.sqrt((double) restSquare)));
    }

    /** What the largest magnitude is {@code most} of; a part of nothing but zeros has any. */
    private static float unit(float[] values, int from, int count, int most) {
        float largest = LOOPS.largest(values, from, count);
        return (largest > 0 ? largest : 1) / most;
    }
}
