package org.vultus.store.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.privacy.CertificateSigner;
import org.vultus.access.privacy.Erasure;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.SealBroken;
import org.vultus.testkit.ManualClock;

class SqlErasureTest {
    private final TestDatabase database = TestDatabase.create();
    private final ManualClock clock = new ManualClock(People.MONDAY.plusSeconds(60));
    private final SqlSite site = SqlSite.over(database, clock);
    private final People people = new People(site);
    private final JdbcClient owner = JdbcClient.create(database.owner());
    private final Gallery gallery = new InMemoryGallery(People.EXTRACTOR);
    private Subject ana;
    private Actor admin;

    @BeforeEach
    void people() {
        ana = people.person("ana");
        admin = Actor.of(people.person("admin").id());
        people.enrol(ana, 1);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Erasure erasure(CertificateSigner signer) {
        return new Erasure(site.records(), signer, gallery, site.audit(), site.work(), clock);
    }

    @Test
    void theOldCiphertextPutBackCannotBeRead() {
        owner.sql("CREATE TABLE stolen AS SELECT * FROM face_enrollments").update();
        erasure(certificate -> "signed").erase(ana.id(), admin);

        owner.sql("INSERT INTO face_enrollments SELECT * FROM stolen").update();

        assertThat(count("face_enrollments WHERE template IS NOT NULL")).isEqualTo(1);
        assertThatThrownBy(() -> site.references().active(ana.id(), People.EXTRACTOR))
                .isInstanceOf(SealBroken.class)
                .hasMessageContaining("is gone");
        assertThat(site.references().forEachActive(People.EXTRACTOR, reference -> {
                    throw new AssertionError("read " + reference);
                }))
                .isZero();
    }

    @Test
    void nothingOfThePersonIsLeftButTheirIdentifierWhereItMustStay() {
        owner.sql(
                        "INSERT INTO oauth2_authorization (id, registered_client_id, principal_name, authorization_grant_type)"
                                + " VALUES ('1', 'c', ?, 'code')")
                .param(ana.id().toString())
                .update();
        owner.sql("INSERT INTO attendance_pins (subject_id, hash, changed_at) VALUES (?, 'hash', now())")
                .param(ana.id())
                .update();
        erasure(certificate -> "signed").erase(ana.id(), admin);

        List<String> tables = owner.sql("SELECT c.table_name FROM information_schema.tables c"
                        + " WHERE c.table_schema = 'public' AND c.table_type = 'BASE TABLE' ORDER BY 1")
                .query(String.class)
                .list();
        assertThat(tables.stream()
                        .filter(table -> holds(table, ana.id().toString()))
                        .toList())
                .containsExactly("audit_events", "biometric_consent", "erasures", "gallery_changes", "users");
        assertThat(tables.stream().filter(table -> holds(table, "\"ana\"")).toList())
                .isEmpty();
        assertThat(owner.sql(
                                "SELECT to_jsonb(u) - 'created_at' - 'erased_at' - 'deactivated_at' FROM users u WHERE id = ?")
                        .param(ana.id())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"id\": \"%s\", \"roles\": [], \"active\": false, \"username\": \"erased-%s\","
                                .formatted(ana.id(), ana.id())
                        + " \"display_name\": \"(erased)\", \"department_id\": null, \"password_hash\": null,"
                        + " \"password_must_change\": false}");
    }

    private boolean holds(String table, String text) {
        return owner.sql("SELECT EXISTS (SELECT FROM " + table + " t WHERE to_jsonb(t)::text LIKE ?)")
                .param("%" + text + "%")
                .query(Boolean.class)
                .single();
    }

    @Test
    void aFailureInTheMiddleLeavesEverythingAndTheNextTryErases() {
        assertThatThrownBy(() -> erasure(certificate -> {
                            throw new IllegalStateException("killed");
                        })
                        .erase(ana.id(), admin))
                .hasMessage("killed");
        assertThat(site.references().active(ana.id(), People.EXTRACTOR)).isPresent();
        assertThat(count("audit_events")).isZero();

        assertThat(erasure(certificate -> "signed").erase(ana.id(), admin)).contains("signed");
        assertThat(erasure(certificate -> "another").erase(ana.id(), admin)).contains("signed");
        assertThat(site.audit().read(1, 9))
                .singleElement()
                .satisfies(record -> assertThat(record.event().action()).isEqualTo(Action.SUBJECT_ERASED));
    }

    @Test
    void twoAtOnceGetTheSameCertificate() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> erasure(certificate -> {
                    inside.countDown();
                    await(go);
                    return "first";
                })
                .erase(ana.id(), admin)
                .orElseThrow());
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> second = CompletableFuture.supplyAsync(
                () -> erasure(certificate -> "second").erase(ana.id(), admin).orElseThrow());
        go.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("first");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theApplicationCanEraseAPersonButNotTheirHistoryAlone() {
        for (String statement : List.of(
                "SET vultus.erasing = 'on'; DELETE FROM face_template_history",
                "DELETE FROM face_enrollments",
                "DELETE FROM face_auth_logs",
                "DELETE FROM erasures",
                "UPDATE erasures SET certificate = ''")) {
            assertThatThrownBy(() -> site.jdbc().sql(statement).update())
                    .as(statement)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .message()
                    .contains("permission denied");
        }
        assertThat(site.records().destroy(UUID.randomUUID(), ana.id(), People.MONDAY))
                .isEmpty();
    }

    private int count(String rows) {
        return owner.sql("SELECT count(*) FROM " + rows).query(Integer.class).single();
    }
}
