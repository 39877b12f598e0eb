package org.vultus.attendance.brazil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers invented for examples; none was given out to anybody that we know of. */
class NumbersTest {
    private static final String CPF = "52998224725";
    private static final String CNPJ = "11222333000181";

    @Test
    void takesNumbersAsPeopleWriteThem() {
        assertThat(Cpf.parse("529.982.247-25").digits()).isEqualTo(CPF);
        assertThat(new Cpf(CPF).written()).isEqualTo("529.982.247-25");
        assertThat(new Cpf(CPF).masked()).isEqualTo("***.982.247-**");
        assertThat(new Cpf(CPF).toString()).doesNotContain("529");
        Employer employer = employer(Employer.Kind.CNPJ, "11.222.333/0001-81", "");
        assertThat(employer.number()).isEqualTo(CNPJ);
        assertThat(employer.written()).isEqualTo("11.222.333/0001-81");
        assertThat(employer(Employer.Kind.CPF, CPF, "12.345.67890/12").registration())
                .isEqualTo("123456789012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5299822472", "529982247255", "11111111111", "5299822472x", "52998224724", "52998224735"})
    void refusesWhatIsNoCpfWithoutRepeatingIt(String wrong) {
        assertThatThrownBy(() -> Cpf.parse(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("5299");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11222333000180", "00000000000000", "1122233300018", "12ABC34501DE35"})
    void refusesWhatIsNoCnpj(String wrong) {
        assertThatThrownBy(() -> employer(Employer.Kind.CNPJ, wrong, null)).hasMessageContaining("no CNPJ");
    }

    @Property
    void noticesOneWrongDigit(@ForAll @IntRange(max = 13) int at, @ForAll @IntRange(min = 1, max = 9) int by) {
        assertThat(CheckDigits.cnpj(changed(CNPJ, at, by))).isFalse();
        assertThat(CheckDigits.cpf(changed(CPF, at % 11, by))).isFalse();
    }

    private static String changed(String number, int at, int by) {
        char other = (char) ('0' + (number.charAt(at) - '0' + by) % 10);
        return number.substring(0, at) + other + number.substring(at + 1);
    }

    private static Employer employer(Employer.Kind kind, String number, @Nullable String registration) {
        return new Employer(kind, number, registration, "Hospital", "Rua A", ZoneId.of("America/Sao_Paulo"));
    }
}
