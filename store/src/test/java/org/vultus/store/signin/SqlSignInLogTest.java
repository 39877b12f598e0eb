package org.vultus.store.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Subject;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

class SqlSignInLogTest {
    private TestDatabase database;
    private SqlSite site;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, new ManualClock(People.MONDAY));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "10.1.2.3,10.1.2.3",
                "::1,::1",
                "fe80::1%eth0,fe80::1",
                "2001:DB8::1,2001:db8::1",
                "unknown,-",
                "-,-"
            })
    void logsAnAttemptWhateverItsAddressLooksLike(@Nullable String said, @Nullable String kept) {
        site.log().append(entry(said, "a\0b"));

        assertThat(site.jdbc()
                        .sql("SELECT concat(host(address), '/', device) FROM face_auth_logs")
                        .query(String.class)
                        .single())
                .isEqualTo((kept == null ? "" : kept) + "/ab");
    }

    @Test
    void keepsTheScores() {
        site.log().append(entry("::1", null));

        assertThat(site.jdbc()
                        .sql(
                                "SELECT concat_ws(' ', method, accepted, reason, score, threshold, liveness, frames, duration_ms, at AT TIME ZONE 'UTC')"
                                        + " FROM face_auth_logs")
                        .query(String.class)
                        .single())
                .isEqualTo("FACE f NOT_MATCHED 0.25 0.5 0.75 4 1500 2026-03-02 08:00:00.123456");
    }

    @Test
    void closesASessionOnce() {
        Subject ana = new People(site).person("ana");
        SignInSession session = new SignInSession(
                UUID.randomUUID(),
                ana.department(),
                ana.id(),
                false,
                LivenessPolicy.PASSIVE,
                "fe80::1%eth0",
                "kiosk\0",
                People.MONDAY,
                People.MONDAY.plusSeconds(30));

        site.sessions().opened(session);
        site.sessions().closed(session.id(), "ACCEPTED", People.MONDAY.plusSeconds(3));
        site.sessions().closed(session.id(), "ABANDONED", People.MONDAY.plusSeconds(9));

        assertThat(site.jdbc()
                        .sql("SELECT concat_ws(' ', mode, policy, device, outcome) FROM face_auth_sessions")
                        .query(String.class)
                        .single())
                .isEqualTo("VERIFY PASSIVE kiosk ACCEPTED");
    }

    private static SignInLog.Entry entry(@Nullable String address, @Nullable String device) {
        return new SignInLog.Entry(
                People.MONDAY,
                null,
                null,
                null,
                AuthenticationMethod.FACE,
                false,
                "NOT_MATCHED",
                0.25,
                0.5,
                0.75,
                4,
                Duration.ofMillis(1500),
                address,
                device);
    }
}
