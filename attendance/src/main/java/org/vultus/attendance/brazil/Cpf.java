package org.vultus.attendance.brazil;

/**
 * A person's number in the Cadastro de Pessoas Físicas.
 *
 * @param digits eleven, the last two of which check the others
 */
public record Cpf(String digits) {

    /** @throws IllegalArgumentException when it cannot be one; the message does not repeat it */
    public Cpf {
        if (!CheckDigits.cpf(digits)) {
            throw new IllegalArgumentException("that is no CPF: eleven digits, of which the last two check the others");
        }
    }

    /** @param written with or without dots and hyphen */
    public static Cpf parse(String written) {
        return new Cpf(CheckDigits.digits(written));
    }

    /** As people write it. */
    public String written() {
        return digits.replaceFirst("(\\d{3})(\\d{3})(\\d{3})(\\d{2})", "$1.$2.$3-$4");
    }

    /** Enough to tell it from another, and too little to use it. */
    public String masked() {
        return "***.%s.%s-**".formatted(digits.substring(3, 6), digits.substring(6, 9));
    }

    @Override
    public String toString() {
        return "Cpf";
    }
}
