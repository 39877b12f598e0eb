package org.vultus.attendance.brazil;

/**
 * Who answers for the program where it is used: what the files say of the program itself.
 *
 * @param inpi digits of the program's registration at the INPI, at most 17; empty where there is none, and then zeros are written
 * @param number digits of the CNPJ or CPF; empty where nobody answers, and then zeros are written
 * @param name 1 to 150 characters
 * @param email at most 50 characters
 * @param version of the program
 */
public record Developer(String inpi, String number, String name, String email, String version) {
    public Developer {
        number = CheckDigits.digits(number);
        if (!inpi.matches("\\d{0,17}")) {
            throw new IllegalArgumentException("a registration at the INPI has at most 17 digits");
        }
        if (!number.isEmpty() && !CheckDigits.cnpj(number) && !CheckDigits.cpf(number)) {
            throw new IllegalArgumentException("the developer's number is neither a CNPJ nor a CPF");
        }
    }

    Employer.Kind kind() {
        return number.length() == 11 ? Employer.Kind.CPF : Employer.Kind.CNPJ;
    }
}
