package org.vultus.store.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.consent.Purpose;

/** {@link LegalBases} in the table {@code biometric_consent}. */
public final class SqlLegalBases implements LegalBases {
    /** What {@link #row} reads, for queries that join. */
    public static final String COLUMNS =
            "c.id AS basis_id, c.subject_id, c.purpose, c.basis, c.reason, c.notice_version,"
                    + " c.recorded_by, c.recorded_at, c.withdrawn_at";

    private final JdbcClient jdbc;

    public SqlLegalBases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void record(BasisRecord basis) {
        OffsetDateTime at = basis.recordedAt().atOffset(ZoneOffset.UTC);
        jdbc.sql("UPDATE biometric_consent SET withdrawn_at = ?, withdrawn_by = ?"
                        + " WHERE subject_id = ? AND purpose = ? AND withdrawn_at IS NULL")
                .params(at, basis.recordedBy(), basis.subject(), basis.purpose().name())
                .update();
        jdbc.sql("INSERT INTO biometric_consent (id, subject_id, purpose, basis, reason, notice_version, recorded_by,"
                        + " recorded_at) VALUES (:id, :subject, :purpose, :basis, :reason, :notice, :by, :at)")
                .param("id", basis.id())
                .param("subject", basis.subject())
                .param("purpose", basis.purpose().name())
                .param("basis", basis.basis().name())
                .param("reason", basis.reason())
                .param("notice", basis.noticeVersion())
                .param("by", basis.recordedBy())
                .param("at", at)
                .update();
    }

    @Override
    public Optional<BasisRecord> inForce(UUID subject, Purpose purpose) {
        return jdbc.sql(
                        "SELECT " + COLUMNS
                                + " FROM biometric_consent c WHERE c.subject_id = ? AND c.purpose = ? AND c.withdrawn_at IS NULL")
                .params(subject, purpose.name())
                .query(SqlLegalBases::row)
                .optional();
    }

    @Override
    public Optional<BasisRecord> holdInForce(UUID subject, Purpose purpose) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM biometric_consent c"
                        + " WHERE c.subject_id = ? AND c.purpose = ? AND c.withdrawn_at IS NULL FOR SHARE")
                .params(subject, purpose.name())
                .query(SqlLegalBases::row)
                .optional();
    }

    @Override
    public boolean withdraw(UUID subject, Purpose purpose, UUID by, Instant at) {
        return jdbc.sql("UPDATE biometric_consent SET withdrawn_at = ?, withdrawn_by = ?"
                                + " WHERE subject_id = ? AND purpose = ? AND withdrawn_at IS NULL")
                        .params(at.atOffset(ZoneOffset.UTC), by, subject, purpose.name())
                        .update()
                > 0;
    }

    @Override
    public List<BasisRecord> history(UUID subject) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM biometric_consent c WHERE c.subject_id = ? ORDER BY c.recorded_at")
                .param(subject)
                .query(SqlLegalBases::row)
                .list();
    }

    /** A basis from a row that holds {@link #COLUMNS}. */
    public static BasisRecord row(ResultSet row, int number) throws SQLException {
        OffsetDateTime withdrawn = row.getObject("withdrawn_at", OffsetDateTime.class);
        return new BasisRecord(
                row.getObject("basis_id", UUID.class),
                row.getObject("subject_id", UUID.class),
                Purpose.valueOf(row.getString("purpose")),
                LegalBasis.valueOf(row.getString("basis")),
                row.getString("reason"),
                row.getString("notice_version"),
                row.getObject("recorded_by", UUID.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                withdrawn == null ? null : withdrawn.toInstant());
    }
}
