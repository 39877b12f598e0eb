package org.vultus.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.AuditVerdict;
import org.vultus.access.audit.AuditVerifier;
import org.vultus.access.audit.Checkpoint;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.audit.SqlAuditTrail.Search;
import org.vultus.store.keys.SigningKeys;
import org.vultus.testkit.ManualClock;

class SqlAuditTrailTest {
    private TestDatabase database;
    private ManualClock clock;
    private SqlSite site;
    private SqlAuditTrail trail;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        clock = new ManualClock(People.MONDAY.plusNanos(789));
        site = SqlSite.over(database, clock);
        trail = site.audit();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void givesBackEveryFieldSoThatTheHashesHold() {
        AuditEvent full = AuditEvent.refused(
                        Action.FACE_SIGN_IN,
                        new Actor(UUID.randomUUID(), "2001:db8::0:1", "Firefox \"Ação\" \uD83D\uDE00\n"),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "LOCKED_OUT")
                .with("score", "0.4321")
                .with("Z", "")
                .with("a", "\\u0000 \t");
        trail.append(full);
        trail.append(AuditEvent.done(Action.SERVER_STARTED, Actor.SYSTEM, null, null));

        List<AuditRecord> records = trail.read(1, 10);

        assertThat(records).extracting(AuditRecord::event).first().isEqualTo(full);
        assertThat(verify()).isEqualTo(new AuditVerdict.Intact(1, 2, 0, 0));
    }

    @Test
    void keepsWhatPostgresCannotStore() {
        trail.append(AuditEvent.refused(
                        Action.FACE_SIGN_IN,
                        new Actor(null, "::1", "null \0 character"),
                        null,
                        null,
                        "half \uD83D pair")
                .with("zero\0", "\0"));

        assertThat(trail.read(1, 1).getFirst().event().actor().device()).isEqualTo("null \uFFFD character");
        assertThat(verify()).isInstanceOf(AuditVerdict.Intact.class);
    }

    @Test
    void forgetsTheEventWithTheWorkThatFails() {
        trail.append(event());
        assertThatThrownBy(() -> site.work().run(() -> {
                    trail.append(event());
                    trail.append(event());
                    throw new IllegalStateException("the work fails");
                }))
                .hasMessage("the work fails");
        trail.append(event());

        assertThat(verify()).isEqualTo(new AuditVerdict.Intact(1, 2, 0, 0));
    }

    @Test
    void hasNoForkWhenManyAppendAtOnce() throws Exception {
        try (ExecutorService people = Executors.newFixedThreadPool(6)) {
            List<Future<?>> appended = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                appended.add(people.submit(() -> trail.append(event())));
            }
            for (Future<?> one : appended) {
                one.get();
            }
        }

        assertThat(verify()).isEqualTo(new AuditVerdict.Intact(1, 60, 0, 0));
    }

    @Test
    void signsTheEndOfTheChainOnceWithKeysThatStayKnownAfterTheirRotation() {
        assertThat(trail.sign()).isEmpty();
        trail.append(event());
        trail.append(event());
        assertThat(trail.sign()).map(Checkpoint::sequence).contains(2L);
        assertThat(trail.sign()).isEmpty();

        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofDays(1));
            site.signingKeys().rotate(SigningKeys.Purpose.AUDIT, Duration.ofHours(1));
            trail.append(event());
            assertThat(trail.sign()).isPresent();
        }

        assertThat(trail.checkpoints(1, 4)).extracting(Checkpoint::key).doesNotHaveDuplicates();
        assertThat(verify()).isEqualTo(new AuditVerdict.Intact(1, 4, 3, 4));
    }

    @Test
    void anOwnerWhoRewritesTheTableIsFound() {
        for (int i = 0; i < 5; i++) {
            trail.append(event());
        }
        JdbcClient owner = JdbcClient.create(database.owner());
        owner.sql("ALTER TABLE audit_events DISABLE TRIGGER ALL").update();
        owner.sql("UPDATE audit_events SET accepted = false WHERE sequence = 3").update();

        assertThat(verify()).isInstanceOfSatisfying(AuditVerdict.Broken.class, broken -> {
            assertThat(broken.sequence()).isEqualTo(3);
        });
    }

    @Test
    void findsByPersonActionAndTimeNewestFirst() {
        UUID ana = UUID.randomUUID();
        UUID ben = UUID.randomUUID();
        trail.append(AuditEvent.done(Action.ENROLMENT, Actor.of(ben), ana, null));
        trail.append(event());
        clock.advance(Duration.ofHours(1));
        Instant later = clock.instant().truncatedTo(ChronoUnit.MICROS);
        trail.append(AuditEvent.done(Action.FACE_SIGN_IN, Actor.SYSTEM, ana, null));
        Search all = new Search(none(), none(), none(), none(), none(), Long.MAX_VALUE);

        assertThat(found(new Search(Optional.of(ana), none(), none(), none(), none(), Long.MAX_VALUE), 10))
                .containsExactly(3L, 1L);
        assertThat(found(
                        new Search(
                                Optional.of(ana),
                                none(),
                                Optional.of(Action.ENROLMENT),
                                none(),
                                none(),
                                Long.MAX_VALUE),
                        10))
                .containsExactly(1L);
        assertThat(found(new Search(Optional.of(ben), none(), none(), none(), none(), Long.MAX_VALUE), 10))
                .isEmpty();
        assertThat(found(new Search(none(), Optional.of(ben), none(), none(), none(), Long.MAX_VALUE), 10))
                .containsExactly(1L);
        assertThat(found(new Search(none(), none(), none(), Optional.of(later), none(), Long.MAX_VALUE), 10))
                .containsExactly(3L);
        assertThat(found(new Search(none(), none(), none(), none(), Optional.of(later), Long.MAX_VALUE), 10))
                .containsExactly(2L, 1L);
        assertThat(found(new Search(none(), none(), none(), none(), none(), 3), 1))
                .containsExactly(2L);
        assertThat(found(all, 10)).containsExactly(3L, 2L, 1L);
    }

    @Test
    void tellsHowFarTheChainIsSigned() {
        trail.append(event());
        assertThat(trail.extent()).satisfies(extent -> {
            assertThat(extent.records()).isEqualTo(1);
            assertThat(extent.hash()).isEqualTo(trail.read(1, 1).getFirst().hash());
            assertThat(extent.signed()).isEmpty();
        });
        Optional<Checkpoint> signature = trail.sign();
        trail.append(event());

        assertThat(trail.extent()).satisfies(extent -> {
            assertThat(extent.records()).isEqualTo(2);
            assertThat(extent.signatures()).isEqualTo(1);
            assertThat(extent.signed()).isEqualTo(signature);
        });
    }

    private List<Long> found(Search wish, int limit) {
        return trail.search(wish, limit).stream().map(AuditRecord::sequence).toList();
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private AuditVerdict verify() {
        AuditVerifier verifier = new AuditVerifier(site.signingKeys().published(SigningKeys.Purpose.AUDIT));
        for (AuditRecord record : trail.read(1, 1000)) {
            verifier.accept(record);
            trail.checkpoints(record.sequence(), record.sequence()).forEach(verifier::accept);
        }
        return verifier.verdict();
    }

    private static AuditEvent event() {
        return AuditEvent.done(Action.PASSWORD_SIGN_IN, Actor.of(UUID.randomUUID()), null, null);
    }
}
