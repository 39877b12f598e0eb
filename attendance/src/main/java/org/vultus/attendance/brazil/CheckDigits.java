package org.vultus.attendance.brazil;

/** Check digits modulo 11 of the Receita Federal's numbers. */
final class CheckDigits {
    private static final int[] CPF = {11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CNPJ = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};

    private CheckDigits() {}

    static boolean cpf(String digits) {
        return digits.matches("\\d{11}") && varies(digits) && ends(digits, CPF);
    }

    static boolean cnpj(String digits) {
        return digits.matches("\\d{14}") && varies(digits) && ends(digits, CNPJ);
    }

    /** A number of one digit only is never given out. */
    private static boolean varies(String digits) {
        return digits.chars().distinct().count() > 1;
    }

    private static boolean ends(String digits, int[] weights) {
        int length = digits.length();
        for (int at = length - 2; at < length; at++) {
            int sum = 0;
            int skip = weights.length - at;
            for (int i = 0; i < at; i++) {
                sum += (digits.charAt(i) - '0') * weights[i + skip];
            }
            int rest = sum % 11;
            if (digits.charAt(at) - '0' != (rest < 2 ? 0 : 11 - rest)) {
                return false;
            }
        }
        return true;
    }

    /** Without dots, hyphens, slashes and blanks. */
    static String digits(String written) {
        return written.replaceAll("[.\\-/\\s]", "");
    }
}
