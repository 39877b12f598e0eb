package org.vultus.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.vultus.access.subject.Subject;
import org.vultus.store.CannotStart;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

class SchemaTest {

    @Test
    void migratesAnEmptyDatabaseAndIsDoneTheSecondTime() {
        try (TestDatabase database = TestDatabase.empty()) {
            Schema.migrate(database.owner());
            Schema.migrate(database.owner());

            assertThat(tables(JdbcClient.create(database.owner())))
                    .contains(
                            "departments",
                            "users",
                            "face_enrollments",
                            "face_auth_logs",
                            "face_auth_sessions",
                            "biometric_consent",
                            "face_template_history",
                            "audit_events");
        }
    }

    @Test
    void everyTableSaysWhatItHolds() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(JdbcClient.create(database.owner())
                            .sql(
                                    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                            + " AND obj_description(oid) IS NULL AND relname NOT LIKE 'oauth2%'"
                                            + " AND relname NOT IN ('rate_limits', 'flyway_schema_history')")
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    @Test
    void leavesADatabaseOfANewerProgramAsItIs() {
        try (TestDatabase database = TestDatabase.create()) {
            JdbcClient owner = JdbcClient.create(database.owner());
            owner.sql(
                            "INSERT INTO flyway_schema_history SELECT installed_rank + 900, '900', 'later', type, 'V900__later.sql',"
                                    + " checksum, installed_by, installed_on, execution_time, success"
                                    + " FROM flyway_schema_history WHERE version = '1'")
                    .update();
            List<String> before = tables(owner);

            assertThatThrownBy(() -> Schema.migrate(database.owner()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("newer version of Vultus (schema 900)");
            assertThat(tables(owner)).isEqualTo(before);
        }
    }

    @Test
    void leavesADatabaseOfAnotherProgramAsItIs() {
        try (TestDatabase database = TestDatabase.empty()) {
            JdbcClient owner = JdbcClient.create(database.owner());
            owner.sql("CREATE TABLE somebody_elses (id int)").update();

            assertThatThrownBy(() -> Schema.migrate(database.owner())).isInstanceOf(CannotStart.class);
            assertThat(tables(owner)).containsExactly("somebody_elses");
        }
    }

    @Test
    void saysThatTheDatabaseIsNotThere() {
        assertThatThrownBy(() -> Schema.migrate(
                        new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "nobody", "guess")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void theApplicationCannotUnsayWhatWasSaid() {
        List<String> statements = List.of(
                "UPDATE audit_events SET accepted = NOT accepted",
                "DELETE FROM audit_events",
                "TRUNCATE audit_events CASCADE",
                "UPDATE audit_checkpoints SET signature = ''",
                "DELETE FROM face_auth_logs",
                "UPDATE face_auth_logs SET accepted = true",
                "DELETE FROM face_template_history",
                "INSERT INTO face_template_history (operation, enrolment_id, subject_id, extractor_sha256, template_changed)"
                        + " SELECT 'INSERT', id, id, '', true FROM users",
                "DELETE FROM users",
                "DELETE FROM biometric_consent",
                "DELETE FROM face_enrollments",
                "ALTER TABLE audit_events DISABLE TRIGGER ALL",
                "DROP TABLE audit_events",
                "DELETE FROM flyway_schema_history");
        try (TestDatabase database = TestDatabase.create()) {
            for (String statement : statements) {
                assertThatThrownBy(() -> database.jdbc().sql(statement).update())
                        .as(statement)
                        .isInstanceOf(DataAccessException.class)
                        .rootCause()
                        .message()
                        .containsAnyOf("permission denied", "must be owner");
            }
        }
    }

    @Test
    void evenTheOwnerCannotRewriteTheTrailByAccident() {
        try (TestDatabase database = TestDatabase.create()) {
            JdbcClient owner = JdbcClient.create(database.owner());
            for (String table : List.of("audit_events", "audit_checkpoints", "face_template_history")) {
                assertThatThrownBy(() -> owner.sql("DELETE FROM " + table).update())
                        .hasStackTraceContaining("append-only");
                assertThatThrownBy(() ->
                                owner.sql("TRUNCATE " + table + " CASCADE").update())
                        .hasStackTraceContaining("append-only");
            }
        }
    }

    @Test
    void aTriggerRemembersEveryChangeOfATemplate() {
        try (TestDatabase database = TestDatabase.create()) {
            SqlSite site = SqlSite.over(database, new ManualClock(People.MONDAY));
            People people = new People(site);
            Subject ana = people.person("ana");
            people.enrol(ana, 1);
            people.enrol(ana, 2);
            site.references().revoke(ana.id(), People.MONDAY.plusSeconds(10));

            assertThat(site.jdbc()
                            .sql(
                                    "SELECT concat_ws(' ', operation, coalesce(status_before, '-'), status_after, template_changed)"
                                            + " FROM face_template_history WHERE subject_id = ? ORDER BY id")
                            .param(ana.id())
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "INSERT - ACTIVE t",
                            "UPDATE ACTIVE SUPERSEDED t",
                            "INSERT - ACTIVE t",
                            "UPDATE ACTIVE REVOKED t");
            assertThat(site.jdbc()
                            .sql("SELECT count(*) FROM face_enrollments WHERE template IS NOT NULL")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void onlyOneReferenceOfAPersonIsInForce() {
        try (TestDatabase database = TestDatabase.create()) {
            SqlSite site = SqlSite.over(database, new ManualClock(People.MONDAY));
            People people = new People(site);
            people.enrol(people.person("ana"), 1);
            String copy =
                    "INSERT INTO face_enrollments SELECT gen_random_uuid(), subject_id, department_id, extractor_sha256,"
                            + " format, template, quality, images_used, %s FROM face_enrollments WHERE status = 'ACTIVE'";

            assertThatThrownBy(() -> site.jdbc()
                            .sql(copy.formatted("status, enrolled_by, enrolled_at, ended_at"))
                            .update())
                    .hasStackTraceContaining("face_enrollments_active");
            assertThatThrownBy(() -> site.jdbc()
                            .sql(copy.formatted("'REVOKED', enrolled_by, enrolled_at, now()"))
                            .update())
                    .as("a template that outlives its reference")
                    .hasStackTraceContaining("check constraint");
        }
    }

    @Test
    void theApplicationCanDoItsWork() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThatCode(() -> {
                        for (String table : tables(JdbcClient.create(database.owner()))) {
                            if (!table.equals("flyway_schema_history")) {
                                database.jdbc()
                                        .sql("SELECT count(*) FROM " + table)
                                        .query(Integer.class)
                                        .single();
                            }
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> tables(JdbcClient jdbc) {
        return jdbc.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
                .query(String.class)
                .list();
    }
}
