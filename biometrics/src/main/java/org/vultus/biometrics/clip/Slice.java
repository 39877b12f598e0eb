package org.vultus.biometrics.clip;

import java.nio.charset.StandardCharsets;

/** A part of the clip's bytes that is read from front to back. Reading past its end is a refusal. */
final class Slice {
    private final byte[] bytes;
    private int at;
    private final int end;

    Slice(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The same place once more, read on its own. */
    Slice(Slice other) {
        this(other.bytes, other.at, other.end);
    }

    /** Where it stands in the clip. */
    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    private void need(long count) throws RefusedClip {
        if (count < 0 || count > end - at) {
            throw RefusedClip.corrupt("the clip is cut off at byte %d".formatted(end));
        }
    }

    void skip(long count) throws RefusedClip {
        need(count);
        at += (int) count;
    }

    /** The next part, and goes on behind it. */
    Slice part(long length) throws RefusedClip {
        need(length);
        Slice part = new Slice(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    int u8() throws RefusedClip {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int u16() throws RefusedClip {
        return u8() << 8 | u8();
    }

    int i32() throws RefusedClip {
        return u16() << 16 | u16();
    }

    long u32() throws RefusedClip {
        return i32() & 0xFFFFFFFFL;
    }

    /** Eight bytes; more than a long holds is negative, which no length may be. */
    long i64() throws RefusedClip {
        return u32() << 32 | u32();
    }

    /** An unsigned number of up to eight bytes. */
    long unsigned(int size) throws RefusedClip {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | u8();
        }
        return value;
    }

    String ascii(int length) throws RefusedClip {
        need(length);
        String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        return text;
    }

    byte[] rest() {
        byte[] rest = new byte[end - at];
        System.arraycopy(bytes, at, rest, 0, rest.length);
        at = end;
        return rest;
    }
}
