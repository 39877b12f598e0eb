package org.vultus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.TemplateFormat;
import org.vultus.store.keys.SiteKeys;
import org.vultus.store.keys.TemplateVault;

/**
 * More people than could be enrolled one after the other, to measure with: the rows that enrolments would leave, sealed as those are,
 * written past the triggers. Their history and the numbers of their changes are missing.
 */
public final class Crowd {
    private static final int BATCH = 1_000;

    private Crowd() {}

    /**
     * @param owner connections of the role that migrates, which must be a superuser
     * @param department they belong to
     */
    public static void enrol(DataSource owner, SiteKeys keys, UUID department, ExtractorId extractor, int people) {
        IntStream.range(0, Math.ceilDiv(people, BATCH)).parallel().forEach(batch -> {
            try (Connection connection = owner.getConnection()) {
                enrol(connection, keys, department, extractor, batch * BATCH, Math.min(people, (batch + 1) * BATCH));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        // What autovacuum would do in time: without statistics the database plans for a handful.
        JdbcClient.create(owner).sql("VACUUM ANALYZE").update();
    }

    private static void enrol(
            Connection connection, SiteKeys keys, UUID department, ExtractorId extractor, int from, int to)
            throws SQLException {
        connection.setAutoCommit(false);
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        jdbc.execute("SET LOCAL session_replication_role = replica");
        TemplateVault vault = new TemplateVault(JdbcClient.create(jdbc), keys);
        OffsetDateTime at = People.MONDAY.atOffset(ZoneOffset.UTC);
        List<Object[]> users = new ArrayList<>();
        List<Object[]> bases = new ArrayList<>();
        List<Object[]> references = new ArrayList<>();
        for (int i = from; i < to; i++) {
            UUID id = UUID.randomUUID();
            users.add(new Object[] {id, "p" + i, "Person " + i, department});
            bases.add(new Object[] {UUID.randomUUID(), id, id, at});
            references.add(new Object[] {
                UUID.randomUUID(),
                id,
                department,
                extractor.sha256(),
                TemplateFormat.VERSION,
                vault.seal(id, People.features(extractor, i)),
                id,
                at
            });
        }
        jdbc.batchUpdate(
                "INSERT INTO users (id, username, display_name, department_id, roles) VALUES (?, ?, ?, ?, '{STAFF}')",
                users);
        jdbc.batchUpdate(
                "INSERT INTO biometric_consent (id, subject_id, basis, notice_version, recorded_by, recorded_at)"
                        + " VALUES (?, ?, 'CONSENT', '2026-01', ?, ?)",
                bases);
        jdbc.batchUpdate(
                "INSERT INTO face_enrollments (id, subject_id, department_id, extractor_sha256, format, template, quality,"
                        + " images_used, status, enrolled_by, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, 80, 5, 'ACTIVE', ?, ?)",
                references);
        connection.commit();
    }
}
