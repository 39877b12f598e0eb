package org.vultus.testkit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes other frames of one JPEG, as a camera does, whose sensor never gives the same picture twice: the finer a detail, the likelier
 * it is a little stronger or weaker. Only the tables by which the file is decoded are changed, which costs nothing.
 */
public final class Grain {
    private static final int TABLES = 0xDB;
    private static final int START_OF_SCAN = 0xDA;
    private static final int VALUES = 64;

    /** Of the values of a table in the order of the file, those before are too coarse to change unseen. */
    private static final int COARSE = 3;

    private static final AtomicLong SEED = new AtomicLong();

    private Grain() {}

    /** The same picture with a grain of its own; what is no JPEG stays as it is. */
    public static byte[] of(byte[] jpeg) {
        byte[] out = jpeg.clone();
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED.incrementAndGet());
        int at = 2;
        while (at + 4 < out.length && out[at] == (byte) 0xFF && (out[at + 1] & 0xFF) != START_OF_SCAN) {
            int length = (out[at + 2] & 0xFF) << 8 | out[at + 3] & 0xFF;
            if ((out[at + 1] & 0xFF) == TABLES) {
                change(out, at + 4, at + 2 + length, random);
            }
            at += 2 + length;
        }
        return out;
    }

    private static void change(byte[] out, int from, int to, RandomGenerator random) {
        // One byte of number and precision, then its values; of 16 bits each in files that no camera makes.
        for (int table = from; table + VALUES < to && out[table] >> 4 == 0; table += 1 + VALUES) {
            for (int i = COARSE; i < VALUES; i++) {
                int value = out[table + 1 + i] & 0xFF;
                int change = random.nextInt(3) - 1;
                out[table + 1 + i] = (byte) Math.clamp(value + (value > 2 ? change : 0), 1, 255);
            }
        }
    }
}
