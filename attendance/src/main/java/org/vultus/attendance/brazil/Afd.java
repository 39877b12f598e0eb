package org.vultus.attendance.brazil;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Arquivo-Fonte de Dados of a REP-P, in version 003 of the layout that the Ministério do Trabalho e Emprego published for Art. 81 of
 * Portaria MTP 671/2021 (Anexo V). Records are lines of fixed width without their end.
 */
public final class Afd {
    private static final String VERSION = "003";
    private static final int HASH_AT = 73;

    private Afd() {}

    /** Names are stable: they are stored. */
    public enum RecordType {
        EMPLOYER('2'),
        PERSON('5'),
        EVENT('6'),
        MARK('7');

        private final char digit;

        RecordType(char digit) {
            this.digit = digit;
        }
    }

    /** What is done with a person's name in the register of a site. */
    public enum Operation {
        INCLUDED("I"),
        CHANGED("A"),
        EXCLUDED("E");

        private final String letter;

        Operation(String letter) {
            this.letter = letter;
        }
    }

    /** Whether punches can be taken; of the events of record 6 the two that a program knows. */
    public enum Service {
        AVAILABLE("07"),
        UNAVAILABLE("08");

        private final String code;

        Service(String code) {
            this.code = code;
        }
    }

    /** The type of a record. */
    public static RecordType type(String record) {
        for (RecordType type : RecordType.values()) {
            if (record.charAt(9) == type.digit) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a record of the kinds that are kept");
    }

    /** Record 2: the employer was named, or changed. */
    public static String employer(long nsr, Instant recorded, Cpf responsible, Employer employer) {
        String start = Layout.number(nsr, 9)
                + '2'
                + Layout.moment(recorded, employer.zone())
                + Layout.number(responsible.digits(), 14)
                + employer.kind().code()
                + Layout.number(employer.number(), 14)
                + Layout.optional(employer.registration(), 14)
                + Layout.text(employer.name(), 150)
                + Layout.text(employer.address(), 100);
        return start + Crc16.of(start);
    }

    /** Record 5: a person was included, changed or excluded. */
    public static String person(
            long nsr, Instant recorded, ZoneId zone, Operation operation, Cpf cpf, String name, Cpf responsible) {
        String start = Layout.number(nsr, 9)
                + '5'
                + Layout.moment(recorded, zone)
                + operation.letter
                + Layout.number(cpf.digits(), 12)
                + Layout.text(name, 52)
                + " ".repeat(4)
                + Layout.number(responsible.digits(), 11);
        return start + Crc16.of(start);
    }

    /** Whether a record 5 excludes its person. */
    public static boolean excludes(String record) {
        return record.startsWith(Operation.EXCLUDED.letter, 34);
    }

    /** Whether a record 5 says the same CPF and name, and that the person is there. */
    public static boolean says(String record, Cpf cpf, String name) {
        return !excludes(record)
                && record.substring(35, 99).equals(Layout.number(cpf.digits(), 12) + Layout.text(name, 52));
    }

    /** Record 6: the service began or ended. It has no checksum. */
    public static String service(long nsr, Instant recorded, ZoneId zone, Service state) {
        return Layout.number(nsr, 9) + '6' + Layout.moment(recorded, zone) + state.code;
    }

    /**
     * Record 7: somebody punched.
     *
     * @param at the moment that counts
     * @param cpf {@code null} where none is known; zeros are written then, so that the mark is not lost
     * @param recorded when the server heard of it
     * @param offline whether it waited in a device's queue
     * @param before the record 7 before it at the site; {@code null} for the first
     */
    public static String mark(
            long nsr,
            Instant at,
            @Nullable Cpf cpf,
            Instant recorded,
            boolean offline,
            ZoneId zone,
            @Nullable String before) {
        String start = Layout.number(nsr, 9)
                + '7'
                + Layout.moment(at, zone)
                + Layout.number(cpf == null ? "" : cpf.digits(), 12)
                + Layout.moment(recorded, zone)
                // An electronic device: the kiosk.
                + "04"
                + (offline ? '1' : '0');
        return start + sha256(before == null ? start : start + hash(before));
    }

    /** The hash that a record 7 ends with. */
    public static String hash(String mark) {
        if (type(mark) != RecordType.MARK) {
            throw new IllegalArgumentException("only marks have a hash");
        }
        return mark.substring(HASH_AT);
    }

    /**
     * Whether a chain of records 7 is whole.
     *
     * @param marks in order
     * @param before the one before the first; {@code null} when the first is the first of the site
     */
    public static boolean chained(List<String> marks, @Nullable String before) {
        String last = before;
        for (String mark : marks) {
            String start = mark.substring(0, HASH_AT);
            if (!hash(mark).equals(sha256(last == null ? start : start + hash(last)))) {
                return false;
            }
            last = mark;
        }
        return true;
    }

    /** The name of the file. */
    public static String name(Developer developer, Employer employer) {
        return "AFD" + Layout.number(developer.inpi(), 17) + employer.number() + "REP_P.txt";
    }

    /**
     * The whole file, in ISO 8859-1.
     *
     * @param records in the order of their numbers
     * @param to inclusive
     */
    public static byte[] file(
            Employer employer, Developer developer, LocalDate from, LocalDate to, Instant made, List<String> records) {
        String start = "0000000001"
                + employer.kind().code()
                + Layout.number(employer.number(), 14)
                + Layout.optional(employer.registration(), 14)
                + Layout.text(employer.name(), 150)
                + Layout.number(developer.inpi(), 17)
                + from
                + to
                + Layout.moment(made, employer.zone())
                + VERSION
                + developer.kind().code()
                + Layout.number(developer.number(), 14)
                + " ".repeat(30);
        StringBuilder file = new StringBuilder(start).append(Crc16.of(start)).append(Layout.END);
        long[] counts = new long[10];
        for (String record : records) {
            counts[record.charAt(9) - '0']++;
            file.append(record).append(Layout.END);
        }
        file.append("999999999");
        for (int type = 2; type <= 7; type++) {
            file.append(Layout.number(counts[type], 9));
        }
        return file.append('9')
                .append(Layout.END)
                .append(Layout.signatureLine())
                .toString()
                .getBytes(Layout.CHARSET);
    }

    /** Of the fields as they stand in the file; the layout names them, and does not say how they are joined. */
    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
