package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockoutKeyTest {

    /** People type their password where the user name belongs. */
    @Test
    void holdsNoNameInTheClear() {
        String typed = "correct horse battery staple";

        assertThat(List.of(LockoutKey.faceOf(typed), LockoutKey.passwordOf(typed, "10.0.0.1")))
                .allSatisfy(key -> assertThat(key)
                        .doesNotContain("correct", "horse", "battery", "staple")
                        .matches("[a-z]+/name/[0-9a-f]{32}(/10\\.0\\.0\\.1)?"));
    }

    @Test
    void isTheSameForANameInWhateverLetters() {
        assertThat(LockoutKey.faceOf("  ANA.Öz ")).isEqualTo(LockoutKey.faceOf("ana.öz"));
        assertThat(LockoutKey.passwordOf("Ana", "1.2.3.4")).isEqualTo(LockoutKey.passwordOf("ana", "1.2.3.4"));
    }

    @Test
    void differsByPurposeNameAndAddress() {
        assertThat(List.of(
                        LockoutKey.faceOf("ana"),
                        LockoutKey.faceOf("bea"),
                        LockoutKey.faceFrom("10.0.0.1"),
                        LockoutKey.faceFrom("10.0.0.2"),
                        LockoutKey.passwordOf("ana", "10.0.0.1"),
                        LockoutKey.passwordOf("ana", "10.0.0.2"),
                        LockoutKey.passwordOf("bea", "10.0.0.1"),
                        LockoutKey.passwordFrom("10.0.0.1"),
                        LockoutKey.passwordFrom("10.0.0.2")))
                .doesNotHaveDuplicates();
    }
}
