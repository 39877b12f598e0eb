package org.vultus.biometrics.clip;

/** The bits of a unit of H.264 whose escapes were taken out (ITU-T H.264, 7.2 and 9.1). Reading past the end is a refusal. */
final class H264Bits {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** @param from the first bit */
    H264Bits(byte[] bytes, int length, int from) {
        this.bytes = bytes;
        this.end = 8 * length;
        this.at = from;
    }

    int at() {
        return at;
    }

    int bit() throws RefusedClip {
        if (at >= end) {
            throw RefusedClip.corrupt("a header is cut off");
        }
        int bit = bytes[at >> 3] >> 7 - (at & 7) & 1;
        at++;
        return bit;
    }

    boolean flag() throws RefusedClip {
        return bit() == 1;
    }

    int number(int size) throws RefusedClip {
        int number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 1 | bit();
        }
        return number;
    }

    /** An unsigned Exp-Golomb number. */
    int unsigned(int most, String name) throws RefusedClip {
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > 31) {
                throw RefusedClip.corrupt(name + " is too large");
            }
        }
        long value = (1L << zeros) - 1 + (number(zeros) & 0xFFFFFFFFL);
        if (value > most) {
            throw RefusedClip.corrupt("%s is %d; at most %d can be".formatted(name, value, most));
        }
        return (int) value;
    }

    /** A signed one. */
    int signed(int most, String name) throws RefusedClip {
        int value = unsigned((int) Math.min(2L * most, Integer.MAX_VALUE), name);
        return (value & 1) == 1 ? (value >> 1) + 1 : -(value >> 1);
    }

    /** Whether something comes before the bit that ends the unit. */
    boolean more() {
        int last = end - 1;
        while (last > at && (bytes[last >> 3] >> 7 - (last & 7) & 1) == 0) {
            last--;
        }
        return at < last;
    }
}
