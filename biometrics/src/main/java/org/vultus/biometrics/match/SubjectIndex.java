package org.vultus.biometrics.match;

import java.util.List;
import java.util.UUID;

/**
 * Where each subject's row is: an open-addressed table of places, at most two thirds full, which holds no identifiers of its own
 * but looks at those of the rows. A map of the library would take a tenth of the whole gallery's memory. For one thread.
 */
final class SubjectIndex {
    static final int NOWHERE = -1;

    private final List<Block> blocks;
    /** Places plus one; zero is empty. */
    private int[] table = new int[64];

    private int size;

    SubjectIndex(List<Block> blocks) {
        this.blocks = blocks;
    }

    static int place(Block block, int row) {
        return block.number() * Block.ROWS + row;
    }

    Block block(int place) {
        return blocks.get(place / Block.ROWS);
    }

    static int row(int place) {
        return place % Block.ROWS;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) Integer.BYTES * table.length;
    }

    /** The place of a subject, or {@link #NOWHERE}. */
    int find(UUID subject) {
        int slot = home(subject);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (subject(place).equals(subject)) {
                return place;
            }
            slot = next(slot);
        }
        return NOWHERE;
    }

    /** Takes in a place whose row is there. Of a subject who has another one that is taken out next, and not looked for in between. */
    void add(int place) {
        if (3L * (size + 1) > 2L * table.length) {
            int[] before = table;
            table = new int[2 * before.length];
            for (int entry : before) {
                if (entry != 0) {
                    insert(entry);
                }
            }
        }
        insert(place + 1);
        size++;
    }

    /** Lets one entry name another place; both rows must still have that subject. */
    void move(int from, int to) {
        table[slotOf(from)] = to + 1;
    }

    /** Takes out a place whose row is still there, and closes the gap (Knuth, TAOCP 3, §6.4, algorithm R). */
    void remove(int place) {
        int gap = slotOf(place);
        for (int slot = next(gap); table[slot] != 0; slot = next(slot)) {
            int home = home(subject(table[slot] - 1));
            boolean stays = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
            if (!stays) {
                table[gap] = table[slot];
                gap = slot;
            }
        }
        table[gap] = 0;
        size--;
    }

    private void insert(int entry) {
        int slot = home(subject(entry - 1));
        while (table[slot] != 0) {
            slot = next(slot);
        }
        table[slot] = entry;
    }

    private int slotOf(int place) {
        int slot = home(subject(place));
        while (table[slot] != place + 1) {
            slot = next(slot);
        }
        return slot;
    }

    private UUID subject(int place) {
        return block(place).subject(row(place));
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    /** The finalizer of MurmurHash3, so that identifiers that are not random are spread too. */
    private int home(UUID subject) {
        long h = subject.getMostSignificantBits() * 31 + subject.getLeastSignificantBits();
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (h ^ (h >>> 33)) & (table.length - 1);
    }
}
