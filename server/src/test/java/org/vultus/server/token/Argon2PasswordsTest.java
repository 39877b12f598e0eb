package org.vultus.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Argon2PasswordsTest {
    private final Argon2Passwords passwords = new Argon2Passwords();

    @Test
    void matchesItsOwnAlone() {
        String hash = passwords.hash("right");

        assertThat(passwords.matches("right", hash)).isTrue();
        assertThat(passwords.matches("wrong", hash)).isFalse();
        assertThat(passwords.matches("right", passwords.nobodys())).isFalse();
        assertThat(passwords.matches("", passwords.nobodys())).isFalse();
    }

    /** The cost lies in the parameters and the lengths: an unknown name must not be told by a shorter answer. */
    @Test
    void nobodysCostsAsMuchAsAnybodys() {
        String[] real = passwords.hash("right").split("\\$");
        String[] nobodys = passwords.nobodys().split("\\$");

        assertThat(Arrays.copyOf(nobodys, 4)).isEqualTo(Arrays.copyOf(real, 4));
        assertThat(nobodys).hasSameSizeAs(real);
        assertThat(nobodys[4]).hasSameSizeAs(real[4]);
        assertThat(nobodys[5]).hasSameSizeAs(real[5]);
    }
}
