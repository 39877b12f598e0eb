package org.vultus.attendance.brazil;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What both files have in common: characters, numbers, moments, and the last line. */
final class Layout {
    static final Charset CHARSET = StandardCharsets.ISO_8859_1;
    static final String END = "\r\n";

    /** Seconds are fixed to 00 by the layout. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm':00'xx");

    private static final String SIGNATURE = "ASSINATURA_DIGITAL_EM_ARQUIVO_P7S";

    private Layout() {}

    /** A number that fills its field, with zeros in front. */
    static String number(String digits, int length) {
        if (digits.length() > length) {
            throw new IllegalArgumentException("the number has more than %d digits".formatted(length));
        }
        return "0".repeat(length - digits.length()) + digits;
    }

    static String number(long value, int length) {
        return number(Long.toString(value), length);
    }

    /** A field that is left empty where there is nothing. */
    static String optional(@Nullable String digits, int length) {
        return digits == null ? " ".repeat(length) : number(digits, length);
    }

    /** Text from the left, cut or filled with blanks. */
    static String text(String value, int length) {
        String clean = clean(value);
        return clean.length() > length ? clean.substring(0, length) : clean + " ".repeat(length - clean.length());
    }

    /** In ISO 8859-1, on one line, without what divides fields; what has no place there is a question mark. */
    static String clean(String value) {
        String composed = Normalizer.normalize(value, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cntrl}|]", " ")
                .strip();
        return new String(composed.getBytes(CHARSET), CHARSET);
    }

    static String moment(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone));
    }

    static String signatureLine() {
        return text(SIGNATURE, 100) + END;
    }
}
