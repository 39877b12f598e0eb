package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockoutTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    /**
     * NIST SP 800-63B, 5.2.3: "The biometric system SHALL allow no more than 5 consecutive failed authentication attempts […].
     * Once that limit has been reached, the biometric authenticator SHALL […] impose a delay of at least 30 seconds before the
     * next attempt, increasing exponentially with each successive attempt (e.g., 1 minute before the following failed attempt, 2
     * minutes before the second following attempt)".
     */
    @Test
    void imposesTheDelaysOfTheStandard() {
        Lockout.Rule rule = SignInRules.DEFAULT.faceOfName();
        Lockout lockout = Lockout.NONE;
        for (int attempt = 1; attempt <= 4; attempt++) {
            lockout = rule.afterFailure(lockout, NOW);
            assertThat(lockout).isEqualTo(new Lockout(attempt, null));
            assertThat(lockout.remaining(NOW)).isZero();
        }

        for (long seconds : new long[] {30, 60, 120, 240, 480, 960, 1920, 3600, 3600}) {
            lockout = rule.afterFailure(lockout, NOW);
            assertThat(lockout.remaining(NOW)).hasSeconds(seconds);
        }
    }

    @Test
    void startsTheStandardRulesAtFiveFailuresForANameAndLaterForAnAddressThatManyShare() {
        SignInRules rules = SignInRules.DEFAULT;

        assertThat(List.of(rules.faceOfName(), rules.passwordOfName()))
                .allSatisfy(rule -> assertThat(failures(rule, 5).remaining(NOW)).hasSeconds(30));
        assertThat(List.of(rules.faceFromAddress(), rules.passwordFromAddress()))
                .allSatisfy(rule -> {
                    assertThat(failures(rule, 29).remaining(NOW)).isZero();
                    assertThat(failures(rule, 30).remaining(NOW)).hasSeconds(30);
                    assertThat(failures(rule, 100).remaining(NOW)).hasMinutes(15);
                });
    }

    @Test
    void neverWaitsLongerThanTheLongestHoweverManyFailures() {
        Lockout.Rule rule = new Lockout.Rule(1, Duration.ofSeconds(30), Duration.ofHours(1));

        assertThat(rule.afterFailure(new Lockout(1_000_000, null), NOW).remaining(NOW))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void isOverAtItsEndAndNotBefore() {
        Lockout lockout = new Lockout(5, NOW.plusSeconds(30));

        assertThat(lockout.remaining(NOW.plusMillis(29_999))).hasMillis(1);
        assertThat(lockout.remaining(NOW.plusSeconds(30))).isZero();
        assertThat(lockout.remaining(NOW.plusSeconds(31))).isZero();
    }

    private static Lockout failures(Lockout.Rule rule, int count) {
        Lockout lockout = Lockout.NONE;
        for (int i = 0; i < count; i++) {
            lockout = rule.afterFailure(lockout, NOW);
        }
        return lockout;
    }
}
