package org.vultus.attendance.brazil;

import java.util.Locale;

/** CRC-16/KERMIT (CCITT-TRUE): polynomial 0x1021 reflected, starts at 0; "123456789" gives 2189, as the AFD's layout says. */
final class Crc16 {
    private static final int REFLECTED = 0x8408;

    private Crc16() {}

    /** Four digits, hexadecimal. */
    static String of(String text) {
        int crc = 0;
        for (byte b : text.getBytes(Layout.CHARSET)) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED;
            }
        }
        return "%04x".formatted(crc).toUpperCase(Locale.ROOT);
    }
}
