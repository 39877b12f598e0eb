package org.vultus.biometrics.image;

import java.nio.charset.StandardCharsets;

/**
 * Bounds-checked view of a stranger's bytes: reading past {@code end} refuses the image instead of throwing an index
 * exception. Immutable over a live buffer.
 *
 * @param end exclusive
 */
record Encoded(byte[] bytes, int start, int end) {

    int length() {
        return end - start;
    }

    /** The byte at an offset from the start of this view, 0–255. */
    int u8(int offset) throws RefusedImage {
        if (offset < 0 || offset >= length()) {
            throw RefusedImage.corrupt("the file ends early");
        }
        return bytes[start + offset] & 0xFF;
    }

    int u16(int offset) throws RefusedImage {
        return u8(offset) << 8 | u8(offset + 1);
    }

    int u16Little(int offset) throws RefusedImage {
        return u8(offset) | u8(offset + 1) << 8;
    }

    int u24Little(int offset) throws RefusedImage {
        return u16Little(offset) | u8(offset + 2) << 16;
    }

    /** Unsigned 32 bits. */
    long u32(int offset) throws RefusedImage {
        return (long) u16(offset) << 16 | u16(offset + 2);
    }

    /** Unsigned 32 bits. */
    long u32Little(int offset) throws RefusedImage {
        return u16Little(offset) | (long) u16Little(offset + 2) << 16;
    }

    /** A part of this view; refuses the image when it is not wholly inside. */
    Encoded slice(int offset, long size) throws RefusedImage {
        if (offset < 0 || size < 0 || offset > length() || size > length() - offset) {
            throw RefusedImage.corrupt("the file ends early");
        }
        return new Encoded(bytes, start + offset, start + offset + (int) size);
    }

    boolean has(int offset, String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || wanted.length > length() - offset) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[start + offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
