package org.vultus.biometrics.match;

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
    /** At most. Of so many the scanned bytes are long enough for the processor to read ahead: it took half as long as with 512. */
    static final int ROWS = 2048;

    /** A department of a few people takes little memory. */
    static final int FIRST_ROWS = 16;

    /** After so many changes in the way of a reader it makes the next one wait. */
    private static final int OPTIMISM = 4;

    /**
     * By so much what the scanned bits leave out counts less than the rest in a row's slack, and more in a probe's: about as long
     * beside the row's rest as the leading part beside the probe's, by which the bound is the least (faces of the default extractor).
     */
    static final double ERROR_WEIGHT = 0.3;

    /** What the arithmetic in floats may round away of a score. */
    private static final float ROUNDING = 1e-5f;

    private final int number;
    private final UUID partition;
    private final Rotation rotation;
    private final StampedLock lock = new StampedLock();
    private Rows rows;
    private int size;
    /** The longest leading part, as scanned, of all rows that were ever here. */
    private float leadNorm;

    /** Where a search keeps what it computes of a block; for one thread. */
    record Scratch(short[] sums, float[] bounds) {
        Scratch(PackedProbe probe) {
            this(new short[probe.groups() * ROWS], new float[ROWS]);
        }
    }

    /**
     * @param number its place among all blocks
     * @param rows empty, with room for as many as are expected
     */
    Block(int number, UUID partition, Rotation rotation, Rows rows) {
        this.number = number;
        this.partition = partition;
        this.rotation = rotation;
        this.rows = rows;
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

    /** Adds a row at the end, which is where its number tells. */
    int add(UUID subject, PackedRow packed) {
        long stamp = lock.writeLock();
        try {
            if (size == rows.count()) {
                resize(Math.min(ROWS, 2 * size));
            }
            rows.subject(size, subject);
            set(size, packed);
            return size++;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    void replace(int row, PackedRow packed) {
        long stamp = lock.writeLock();
        try {
            set(row, packed);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void set(int row, PackedRow packed) {
        rows.set(row, packed);
        leadNorm = Math.max(leadNorm, packed.leadNorm());
    }

    /** Puts the last row in the place of this one, and zeros in the place of the last. */
    void remove(int row) {
        long stamp = lock.writeLock();
        try {
            int last = --size;
            if (row != last) {
                rows.copyTo(rows, last, row, 1);
            }
            rows.wipe(last, last + 1);
            if (size == 0) {
                leadNorm = 0;
                if (rows.count() > FIRST_ROWS) {
                    rows = Rows.of(FIRST_ROWS, rotation);
                }
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
        scan.dots(now.scanned(), count, probe, scratch.sums);
        scan.bounds(scratch.sums, now.scanned(), count, probe.weights(), scratch.bounds);
        @Nullable Best found = null;
        double floor = best.floor();
        for (int row = 0; row < count; row++) {
            row = scan.firstAbove(scratch.bounds, (float) (floor - slack), row, count);
            if (row < count) {
                double lead = lead(now, row, probe);
                // The slack is at least as long as the rest.
                float rest = RowScan.upperHalf(now.scanned(row, now.columns() - 1));
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
        double sum = 0;
        for (int group = 0; group < probe.groups(); group++) {
            double part = 0;
            for (int i = 0; i < Math.min(RowScan.GROUP, lead - group * RowScan.GROUP); i++) {
                int component = group * RowScan.GROUP + i;
                int high = PlainScan.fourBits(now.scanned(row, PlainScan.column(group, i)), i);
                int middle = now.low(row, lead + component / 2) >> 4 * (component % 2) & 15;
                int value = high << PackedRow.LOW_BITS | middle << Byte.SIZE | now.low(row, component) & 0xff;
                part += (double) value * probe.turned()[component];
            }
            float scale = RowScan.upperHalf(now.scanned(row, PlainScan.column(group, RowScan.GROUP)));
            sum += part * PackedRow.unit(scale);
        }
        return sum;
    }

    /** @param lead what the leading components come to */
    private double score(Rows now, int row, double lead, PackedProbe probe, RowScan scan) {
        double rest = scan.dot(now.rest(), now.rest(row), probe.turned(), rotation.lead(), now.restWidth());
        return Math.clamp(lead + now.restScale(row) * rest, -1.0, 1.0);
    }

    private void resize(int count) {
        Rows larger = Rows.of(count, rotation);
        rows.copyTo(larger, 0, 0, size);
        Rows before = rows;
        rows = larger;
        before.wipe(0, size);
    }
}
