package org.vultus.attendance.brazil;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who employs the people of a site, as the AFD names them.
 *
 * @param number digits of the CNPJ or CPF. Letters, which new CNPJs may have since 2026, do not fit the layouts followed here
 * @param registration digits of the CNO (12) or CAEPF (14), which took the place of the CEI; {@code null} for none
 * @param name as it is registered, 1 to 150 characters
 * @param address where the work is done, 1 to 100 characters
 * @param zone of the times in the files
 */
public record Employer(
        Kind kind, String number, @Nullable String registration, String name, String address, ZoneId zone) {

    /** Names are stable: they are stored. */
    public enum Kind {
        CNPJ("1"),
        CPF("2");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** In both files. */
        public String code() {
            return code;
        }
    }

    public Employer {
        number = CheckDigits.digits(number);
        boolean right = switch (kind) {
            case CNPJ -> CheckDigits.cnpj(number);
            case CPF -> CheckDigits.cpf(number);
        };
        if (!right) {
            throw new IllegalArgumentException("that is no %s: %d digits, of which the last two check the others"
                    .formatted(kind, kind == Kind.CNPJ ? 14 : 11));
        }
        registration = registration == null || registration.isBlank() ? null : CheckDigits.digits(registration);
        if (registration != null && !registration.matches("\\d{12}|\\d{14}")) {
            throw new IllegalArgumentException("a CNO has 12 digits, a CAEPF 14");
        }
        name = name.strip();
        address = address.strip();
        if (name.isEmpty() || name.length() > 150 || address.isEmpty() || address.length() > 100) {
            throw new IllegalArgumentException(
                    "an employer's name is 1 to 150 characters, the address of the work 1 to 100");
        }
    }

    /** As people write it. */
    public String written() {
        return switch (kind) {
            case CNPJ -> number.replaceFirst("(\\d{2})(\\d{3})(\\d{3})(\\d{4})(\\d{2})", "$1.$2.$3/$4-$5");
            case CPF -> new Cpf(number).written();
        };
    }
}
