package org.vultus.store.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.proof.Proof;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.BadgeDigests;
import org.vultus.store.keys.SealBroken;

/** What PostgreSQL holds of pictures, badges and old records of time, through connections that act as the application's role. */
class SqlProofsTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final byte[] JPEG = "a picture of Ana".getBytes(StandardCharsets.UTF_8);

    private final TestDatabase database = TestDatabase.create();
    private final SqlSite site = SqlSite.over(database, Clock.systemUTC());
    private final UUID icu = UUID.randomUUID();
    private Subject ana;

    @BeforeEach
    void people() {
        site.departments().add(new Department(icu, "icu", "icu", DepartmentPolicy.DEFAULT, true));
        ana = person("ana");
        site.work()
                .run(() -> site.references()
                        .activate(new NewReference(
                                new Reference(
                                        UUID.randomUUID(),
                                        ana.id(),
                                        icu,
                                        FeatureVector.normalised(EXTRACTOR, new float[] {1, 2})),
                                80,
                                5,
                                ana.id(),
                                Instant.now())));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private JdbcClient owner() {
        return JdbcClient.create(database.owner());
    }

    private Subject person(String name) {
        Subject subject = new Subject(UUID.randomUUID(), name, name, icu, Set.of(Role.STAFF), true);
        site.subjects().add(subject);
        return subject;
    }

    private Proof kept() {
        Proof proof = new Proof(site.punched(ana), ana.id(), icu, Instant.now());
        assertThat(site.proofs().add(proof, JPEG)).isTrue();
        return proof;
    }

    @Test
    void theTableHoldsNoPictureThatOpensForAnotherPunch() {
        Proof one = kept();
        Proof other = kept();
        byte[] stored = database.jdbc()
                .sql("SELECT sealed FROM attendance_proofs WHERE event_id = ?")
                .param(one.event())
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("picture");

        owner().sql("UPDATE attendance_proofs SET sealed = ? WHERE event_id = ?")
                .params(stored, other.event())
                .update();

        assertThat(site.proofs().picture(one)).contains(JPEG);
        assertThatThrownBy(() -> site.proofs().picture(other)).isInstanceOf(SealBroken.class);
        // The rest of a person's copy is not lost with it.
        assertThat(site.records().describe(ana.id()).orElseThrow().pictures())
                .extracting(picture -> picture.jpeg() == null)
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void noRowOutlivesItsKey() {
        Proof proof = kept();
        site.vault().destroyKey(ana.id());
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM attendance_proofs")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(site.proofs().add(proof, JPEG)).isFalse();
    }

    @Test
    void theApplicationCannotReplaceAPicture() {
        kept();
        assertThatThrownBy(() -> database.jdbc()
                        .sql("UPDATE attendance_proofs SET taken_at = now()")
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void aBadgeIsOnePersonsAndOnlyItsDigestIsStored() {
        Subject bea = person("bea");
        SqlBadges badges = new SqlBadges(database.jdbc(), BadgeDigests.open(database.jdbc(), site.siteKeys()));
        assertThat(badges.store(ana.id(), "04A1B2C3", Instant.EPOCH)).isTrue();
        assertThat(badges.store(ana.id(), "04A1B2C3", Instant.EPOCH)).isTrue();
        assertThat(badges.store(bea.id(), "04A1B2C3", Instant.EPOCH)).isFalse();
        assertThat(badges.find("04A1B2C3")).contains(ana.id());
        assertThat(badges.givenAt(ana.id())).contains(Instant.EPOCH);
        assertThat(badges.givenAt(bea.id())).isEmpty();
        // Another server with the same keys finds the same.
        assertThat(new SqlBadges(database.jdbc(), BadgeDigests.open(database.jdbc(), site.siteKeys())).find("04A1B2C3"))
                .contains(ana.id());
        assertThat(badges.store(ana.id(), "04A1B2C4", Instant.EPOCH)).isTrue();
        assertThat(badges.find("04A1B2C3")).isEmpty();
        assertThat(badges.store(bea.id(), "04A1B2C3", Instant.EPOCH)).isTrue();
        assertThat(badges.remove(bea.id())).isTrue();
        assertThat(badges.remove(bea.id())).isFalse();
        site.work().run(() -> site.records().destroy(ana.id(), bea.id(), Instant.now()));
        assertThat(badges.find("04A1B2C4")).isEmpty();
    }

    @Test
    void oldRecordsOfTimeGoAndNoOthersCan() {
        UUID old = site.punched(ana);
        UUID recent = site.punched(ana);
        assertThatThrownBy(() -> owner().sql("DELETE FROM attendance_punches").update())
                .hasStackTraceContaining("append-only");
        // Time passes.
        owner().sql("ALTER TABLE attendance_punches DISABLE TRIGGER attendance_punches_append_only")
                .update();
        owner().sql("UPDATE attendance_punches SET captured_at = now() - interval '2000 days' WHERE event_id = ?")
                .param(old)
                .update();
        owner().sql("ALTER TABLE attendance_punches ENABLE TRIGGER attendance_punches_append_only")
                .update();
        database.jdbc()
                .sql("INSERT INTO attendance_voidings (id, event_id, subject_id, recorded_by, reason, recorded_at)"
                        + " VALUES (gen_random_uuid(), ?, ?, ?, 'why', now())")
                .params(old, ana.id(), ana.id())
                .update();

        assertThat(site.records().forgetTime(Instant.now().minus(Duration.ofDays(2001))))
                .isZero();
        assertThat(site.records().forgetTime(Instant.now().minus(Duration.ofDays(1827))))
                .isEqualTo(1);
        // A year is kept whatever is asked.
        assertThat(site.records().forgetTime(Instant.now().plus(Duration.ofDays(1))))
                .isZero();
        assertThat(database.jdbc()
                        .sql("SELECT event_id FROM attendance_punches")
                        .query(UUID.class)
                        .list())
                .isEqualTo(List.of(recent));
        assertThatThrownBy(() -> owner().sql("DELETE FROM attendance_punches").update())
                .hasStackTraceContaining("append-only");
    }
}
