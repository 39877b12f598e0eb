package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Subject;

class PasswordSignInTest {
    private static final String RIGHT = "tangerine-boat-42";
    private static final String WRONG = "tangerine-boat-43";
    private static final Actor DESK = new Actor(null, "10.0.0.1", "desk");
    private static final Actor HOME = new Actor(null, "10.0.0.2", "phone");

    private final Hospital hospital = new Hospital();
    private final CountingHasher hasher = new CountingHasher();
    private final PasswordSignIn signIn = new PasswordSignIn(
            hospital.site.subjects(),
            hospital.site.departments(),
            hospital.site.passwords(),
            hasher,
            hospital.site.lockouts(),
            hospital.site.log(),
            hospital.site.audit(),
            hospital.site.work(),
            SignInRules.DEFAULT,
            hospital.clock);
    private final Subject ana = hospital.person("ana", hospital.icu);

    @BeforeEach
    void passwordOfAna() {
        hospital.site.passwords().store(ana.id(), new Passwords.Stored(hasher.hash(RIGHT), false));
    }

    @Test
    void acceptsTheRightPassword() {
        PasswordResult result = signIn.signIn(" ANA ", RIGHT, DESK);

        assertThat(result).isInstanceOfSatisfying(PasswordResult.Accepted.class, accepted -> {
            assertThat(accepted.evidence().subject()).isEqualTo(ana);
            assertThat(accepted.evidence().department()).isEqualTo(hospital.icu);
            assertThat(accepted.evidence().methods()).containsExactly(AuthenticationMethod.PASSWORD);
            assertThat(accepted.evidence().at()).isEqualTo(hospital.clock.instant());
        });
        assertThat(hospital.site.attempts()).containsExactly(entry(ana, true, "ACCEPTED"));
        assertThat(hospital.events(Action.PASSWORD_SIGN_IN))
                .containsExactly(AuditEvent.done(Action.PASSWORD_SIGN_IN, DESK, ana.id(), hospital.icu.id()));
    }

    @Test
    void refusesAWrongPassword() {
        assertThat(signIn.signIn("ana", WRONG, DESK)).isEqualTo(new PasswordResult.Refused());
        remembered(ana, "WRONG_PASSWORD");
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(signIn.signIn("nobody", RIGHT, DESK)).isEqualTo(new PasswordResult.Refused());
        remembered(null, "UNKNOWN");
    }

    @Test
    void refusesSomebodyWithoutAPassword() {
        assertThat(signIn.signIn("officer", RIGHT, DESK)).isEqualTo(new PasswordResult.Refused());
        remembered(hospital.officer, "WRONG_PASSWORD");
    }

    @Test
    void refusesSomebodyWhoIsDeactivated() {
        hospital.deactivate(ana);

        assertThat(signIn.signIn("ana", RIGHT, DESK)).isEqualTo(new PasswordResult.Refused());
        remembered(ana, "NOT_ACTIVE");
    }

    @Test
    void refusesSomebodyWhoseDepartmentIsClosed() {
        hospital.close(hospital.laboratory);
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Accepted.class);

        hospital.close(hospital.icu);
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isEqualTo(new PasswordResult.Refused());
        assertThat(hospital.site.attempts()).last().isEqualTo(entry(ana, false, "NOT_ACTIVE"));
    }

    @Test
    void comparesOneHashWhoeverIsNamed() {
        List<Integer> comparisons = new ArrayList<>();
        for (String name : new String[] {"ana", "nobody", "officer"}) {
            int before = hasher.comparisons;
            signIn.signIn(name, WRONG, DESK);
            comparisons.add(hasher.comparisons - before);
        }

        assertThat(comparisons).containsExactly(1, 1, 1);
    }

    @Test
    void locksANameAtTheAddressOfTheFailuresOnly() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn.signIn("ana", WRONG, DESK)).isEqualTo(new PasswordResult.Refused());
        }
        int comparisons = hasher.comparisons;

        assertThat(signIn.signIn("ANA", RIGHT, DESK)).isEqualTo(new PasswordResult.Locked(Duration.ofSeconds(30)));
        assertThat(hasher.comparisons).as("a locked name is not looked at").isEqualTo(comparisons);
        assertThat(signIn.signIn("ana", RIGHT, HOME))
                .as("the owner, elsewhere")
                .isInstanceOf(PasswordResult.Accepted.class);
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Locked.class);

        hospital.clock.advance(Duration.ofSeconds(30));
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @Test
    void locksANameThatNobodyBearsAlike() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn.signIn("nobody", WRONG, DESK)).isEqualTo(new PasswordResult.Refused());
        }

        assertThat(signIn.signIn("nobody", WRONG, DESK)).isEqualTo(new PasswordResult.Locked(Duration.ofSeconds(30)));
    }

    @Test
    void waitsTwiceAsLongAfterTheNextFailureAndNotAtAllAfterASuccess() {
        fail(5);
        hospital.clock.advance(Duration.ofSeconds(30));
        fail(1);
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isEqualTo(new PasswordResult.Locked(Duration.ofSeconds(60)));

        hospital.clock.advance(Duration.ofSeconds(60));
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Accepted.class);
        assertThat(hospital.site.lockoutKeys()).isEmpty();
        fail(4);
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @Test
    void locksAnAddressThatTriesManyNames() {
        for (int i = 0; i < 30; i++) {
            assertThat(signIn.signIn("name" + i, WRONG, DESK)).isEqualTo(new PasswordResult.Refused());
        }

        assertThat(signIn.signIn("ana", RIGHT, DESK)).isEqualTo(new PasswordResult.Locked(Duration.ofSeconds(30)));
        assertThat(signIn.signIn("ana", RIGHT, HOME)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @Test
    void aOneTimePasswordOnlyServesToChooseAnother() {
        signIn.reset(ana, "one-time-password", hospital.byOfficer);

        assertThat(signIn.signIn("ana", RIGHT, DESK)).isEqualTo(new PasswordResult.Refused());
        assertThat(signIn.signIn("ana", "one-time-password", DESK)).isEqualTo(new PasswordResult.MustChange());
        assertThat(hospital.events(Action.PASSWORD_RESET))
                .containsExactly(
                        AuditEvent.done(Action.PASSWORD_RESET, hospital.byOfficer, ana.id(), hospital.icu.id()));

        assertThat(signIn.change("ana", "one-time-password", "lighthouse-17-sea", DESK))
                .isInstanceOf(PasswordResult.Accepted.class);
        assertThat(signIn.signIn("ana", "one-time-password", DESK)).isEqualTo(new PasswordResult.Refused());
        assertThat(signIn.signIn("ana", "lighthouse-17-sea", DESK)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @Test
    void changesThePasswordOfWhoeverKnowsTheOldOne() {
        assertThat(signIn.change("ana", RIGHT, "lighthouse-17-sea", DESK))
                .isInstanceOfSatisfying(
                        PasswordResult.Accepted.class,
                        accepted -> assertThat(accepted.evidence().subject()).isEqualTo(ana));

        assertThat(signIn.signIn("ana", "lighthouse-17-sea", DESK)).isInstanceOf(PasswordResult.Accepted.class);
        assertThat(hospital.events(Action.PASSWORD_CHANGED))
                .containsExactly(AuditEvent.done(
                        Action.PASSWORD_CHANGED,
                        new Actor(ana.id(), DESK.address(), DESK.device()),
                        ana.id(),
                        hospital.icu.id()));
    }

    @Test
    void changesNothingForWhoeverDoesNotKnowTheOldOneAndCountsTheFailure() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn.change("ana", WRONG, "lighthouse-17-sea", DESK)).isEqualTo(new PasswordResult.Refused());
        }

        assertThat(signIn.change("ana", RIGHT, "lighthouse-17-sea", DESK))
                .isEqualTo(new PasswordResult.Locked(Duration.ofSeconds(30)));
        assertThat(signIn.signIn("ana", RIGHT, HOME)).isInstanceOf(PasswordResult.Accepted.class);
        assertThat(hospital.events(Action.PASSWORD_CHANGED)).isEmpty();
    }

    @Test
    void objectsToWeakPasswords() {
        List<String> forbidden = List.of("Ana.Lima", "vultus");

        assertThat(List.of(
                        "elevenchars",
                        "x".repeat(257),
                        "",
                        "abababababab",
                        "aaaabbbbccccdddd",
                        "my-ANA.LIMA-2026",
                        "VultusVultus1"))
                .allSatisfy(weak ->
                        assertThat(PasswordSignIn.objection(weak, forbidden)).isPresent());
        assertThat(List.of("twelve-chars", "0123456789ab".repeat(21), "correct horse battery staple"))
                .allSatisfy(good ->
                        assertThat(PasswordSignIn.objection(good, forbidden)).isEmpty());
        assertThat(PasswordSignIn.objection("tangerine-boat", List.of("an")))
                .as("two letters are in every password")
                .isEmpty();
    }

    @Test
    void doesNotTakeAWeakReplacementOrTheSameAgain() {
        for (String replacement : new String[] {"short", "xx-ana-ana-xx-7", RIGHT}) {
            assertThatThrownBy(() -> signIn.change("ana", RIGHT, replacement, DESK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Choose a password");
        }
        assertThat(signIn.signIn("ana", RIGHT, DESK)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @Test
    void keepsNothingReadableOfWhatWasTyped() {
        signIn.signIn("MySecretPassword", WRONG, DESK);

        assertThat(hospital.site.lockoutKeys())
                .hasSize(2)
                .allSatisfy(key -> assertThat(key).doesNotContainIgnoringCase("secret"));
        assertThat(hospital.site.attempts() + " " + hospital.site.trail())
                .doesNotContainIgnoringCase("secret")
                .doesNotContain(WRONG);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn.signIn("ana", WRONG, DESK)).isEqualTo(new PasswordResult.Refused());
        }
    }

    private void remembered(Subject subject, String reason) {
        assertThat(hospital.site.attempts()).containsExactly(entry(subject, false, reason));
        assertThat(hospital.events(Action.PASSWORD_SIGN_IN))
                .containsExactly(AuditEvent.refused(
                        Action.PASSWORD_SIGN_IN,
                        DESK,
                        subject == null ? null : subject.id(),
                        subject == null ? null : subject.department(),
                        reason));
    }

    private SignInLog.Entry entry(Subject subject, boolean accepted, String reason) {
        return new SignInLog.Entry(
                hospital.clock.instant(),
                null,
                subject == null ? null : subject.department(),
                subject == null ? null : subject.id(),
                AuthenticationMethod.PASSWORD,
                accepted,
                reason,
                null,
                null,
                null,
                0,
                Duration.ZERO,
                "10.0.0.1",
                "desk");
    }

    /** Counts the slow work, and does none. */
    private static final class CountingHasher implements PasswordHasher {
        private int comparisons;

        @Override
        public String hash(CharSequence password) {
            return "hash of " + password.length() + ':' + password.toString().hashCode();
        }

        @Override
        public String nobodys() {
            return "nobody's";
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            comparisons++;
            return hash(password).equals(hash);
        }
    }
}
