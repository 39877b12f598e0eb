package org.vultus.store.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.store.audit.SqlAuditTrail;
import org.vultus.store.consent.SqlLegalBases;
import org.vultus.store.keys.SealBroken;
import org.vultus.store.keys.TemplateVault;
import org.vultus.store.people.SqlSubjects;

/**
 * {@link PersonalRecords} over all tables. What the application may not delete by itself is deleted by functions of the database
 * ({@code V6__privacy.sql}), which delete that and nothing else.
 */
public final class SqlPersonalRecords implements PersonalRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPersonalRecords.class);

    private final JdbcClient jdbc;
    private final SqlAuditTrail audit;
    private final TemplateVault vault;

    public SqlPersonalRecords(JdbcClient jdbc, SqlAuditTrail audit, TemplateVault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.audit = audit;
    }

    @Override
    public Optional<PersonalData> describe(UUID subject) {
        return jdbc.sql("SELECT " + SqlSubjects.COLUMNS
                        + ", u.created_at, u.password_hash, u.password_must_change, d.code, d.name FROM users u"
                        + " JOIN departments d ON d.id = u.department_id WHERE u.id = ? AND u.erased_at IS NULL")
                .param(subject)
                .query((row, number) -> new PersonalData(
                        SqlSubjects.row(row, number),
                        row.getString("code"),
                        row.getString("name"),
                        instant(row, "created_at"),
                        password(row),
                        new SqlLegalBases(jdbc).history(subject),
                        references(subject),
                        attempts(subject),
                        grants(subject),
                        new SqlPrivacyRequests(jdbc).of(subject),
                        new PersonalTime(jdbc).of(subject),
                        pictures(subject),
                        audit.about(subject)))
                .optional();
    }

    private static PersonalData.@Nullable PasswordMark password(ResultSet row) throws SQLException {
        String hash = row.getString("password_hash");
        // A hash begins with the name of its algorithm between dollar signs.
        return hash == null
                ? null
                : new PersonalData.PasswordMark(hash.split("\\$", 3)[1], row.getBoolean("password_must_change"));
    }

    private List<PersonalData.ReferenceMark> references(UUID subject) {
        return jdbc.sql("SELECT id, extractor_sha256, status, template IS NOT NULL AS kept, quality, images_used,"
                        + " enrolled_by, enrolled_at, ended_at FROM face_enrollments WHERE subject_id = ?"
                        + " ORDER BY enrolled_at, id")
                .param(subject)
                .query((row, number) -> new PersonalData.ReferenceMark(
                        row.getObject("id", UUID.class),
                        row.getString("extractor_sha256"),
                        row.getString("status"),
                        row.getBoolean("kept"),
                        row.getInt("quality"),
                        row.getInt("images_used"),
                        row.getObject("enrolled_by", UUID.class),
                        instant(row, "enrolled_at"),
                        instantOrNull(row, "ended_at")))
                .list();
    }

    private List<PersonalData.Attempt> attempts(UUID subject) {
        return jdbc.sql(
                        "SELECT l.at, l.method, l.accepted, l.reason, d.code, l.frames, host(l.address) AS address, l.device"
                                + " FROM face_auth_logs l LEFT JOIN departments d ON d.id = l.department_id"
                                + " WHERE l.subject_id = ? ORDER BY l.at, l.id")
                .param(subject)
                .query((row, number) -> new PersonalData.Attempt(
                        instant(row, "at"),
                        row.getString("method"),
                        row.getBoolean("accepted"),
                        row.getString("reason"),
                        row.getString("code"),
                        row.getInt("frames"),
                        row.getString("address"),
                        row.getString("device")))
                .list();
    }

    private List<PersonalData.Grant> grants(UUID subject) {
        return jdbc.sql("SELECT c.client_name, a.access_token_issued_at AS issued,"
                        + " greatest(a.access_token_expires_at, a.refresh_token_expires_at) AS expires"
                        + " FROM oauth2_authorization a JOIN oauth2_registered_client c ON c.id = a.registered_client_id"
                        + " WHERE a.principal_name = ? ORDER BY a.access_token_issued_at, a.id")
                .param(subject.toString())
                .query((row, number) -> new PersonalData.Grant(
                        row.getString("client_name"), instantOrNull(row, "issued"), instantOrNull(row, "expires")))
                .list();
    }

    private List<PersonalData.Picture> pictures(UUID subject) {
        return jdbc.sql(
                        "SELECT event_id, taken_at, sealed FROM attendance_proofs WHERE subject_id = ? ORDER BY taken_at")
                .param(subject)
                .query((row, number) -> {
                    UUID event = row.getObject("event_id", UUID.class);
                    return new PersonalData.Picture(event, instant(row, "taken_at"), open(subject, event, row));
                })
                .list();
    }

    /** One that was tampered with must not keep the rest from its person. */
    private byte @Nullable [] open(UUID subject, UUID event, ResultSet row) throws SQLException {
        try {
            return vault.openPicture(subject, event, row.getBytes("sealed")).orElse(null);
        } catch (SealBroken e) {
            LOG.error("The picture of the punch {} cannot be read, and is left out", event, e);
            return null;
        }
    }

    @Override
    public Optional<Destroyed> destroy(UUID subject, UUID by, Instant at) {
        return jdbc.sql("SELECT * FROM erase_subject(?, ?, ?)")
                .params(subject, by, at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Destroyed(
                        row.getLong("data_keys"),
                        row.getLong("enrolments"),
                        row.getLong("history"),
                        row.getLong("sessions"),
                        row.getLong("attempts"),
                        row.getLong("grants"),
                        row.getLong("pictures")))
                .optional();
    }

    @Override
    public void keepCertificate(UUID subject, String signed, Instant at) {
        jdbc.sql("INSERT INTO erasures (subject_id, erased_at, certificate) VALUES (?, ?, ?)")
                .params(subject, at.atOffset(ZoneOffset.UTC), signed)
                .update();
    }

    @Override
    public Optional<String> certificate(UUID subject) {
        return jdbc.sql("SELECT certificate FROM erasures WHERE subject_id = ?")
                .param(subject)
                .query(String.class)
                .optional();
    }

    @Override
    public long forgetAttempts(Instant before) {
        return jdbc.sql("SELECT forget_attempts(?)")
                .param(before.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    @Override
    public long forgetTime(Instant before) {
        return jdbc.sql("SELECT forget_time(?)")
                .param(before.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    @Override
    public List<UUID> enrolledButInactiveSince(Instant before) {
        return jdbc.sql(
                        "SELECT u.id FROM users u JOIN face_enrollments e ON e.subject_id = u.id AND e.status = 'ACTIVE'"
                                + " WHERE NOT u.active AND u.deactivated_at < ?")
                .param(before.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
