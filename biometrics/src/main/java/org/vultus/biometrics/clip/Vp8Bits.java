package org.vultus.biometrics.clip;

/** The arithmetic decoder of VP8 (RFC 6386, section 7). Reads zeros after the end, and remembers that it did. */
final class Vp8Bits {
    /** The decoder looks ahead by as much as it may hold. */
    private static final int AHEAD = 4;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int value;
    private int range = 255;
    private int bits;

    Vp8Bits(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.value = (take() << 8) | take();
    }

    private int take() {
        int next = at < end ? bytes[at] & 0xFF : 0;
        at++;
        return next;
    }

    /** Whether more was read than there is. */
    boolean overrun() {
        return at > end + AHEAD;
    }

    /** @param probability of a zero, in 1/256 */
    int read(int probability) {
        int split = 1 + ((range - 1) * probability >> 8);
        int big = split << 8;
        int bit;
        if (value >= big) {
            bit = 1;
            range -= split;
            value -= big;
        } else {
            bit = 0;
            range = split;
        }
        while (range < 128) {
            value <<= 1;
            range <<= 1;
            if (++bits == 8) {
                bits = 0;
                value |= take();
            }
        }
        return bit;
    }

    boolean flag() {
        return read(128) == 1;
    }

    /** An unsigned number, most significant bit first. */
    int number(int size) {
        int number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 1 | read(128);
        }
        return number;
    }

    /** A number and its sign. */
    int signed(int size) {
        int number = number(size);
        return flag() ? -number : number;
    }

    /** A number with a sign where a flag says that there is one. */
    int optional(int size) {
        return flag() ? signed(size) : 0;
    }
}
