package org.vultus.store.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequests;

/** {@link PrivacyRequests} in the table {@code privacy_requests}. */
public final class SqlPrivacyRequests implements PrivacyRequests {
    private final JdbcClient jdbc;

    public SqlPrivacyRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(PrivacyRequest request) {
        return jdbc.sql("INSERT INTO privacy_requests (id, subject_id, kind, words, asked_at)"
                                + " VALUES (:id, :subject, :kind, :words, :at) ON CONFLICT DO NOTHING")
                        .param("id", request.id())
                        .param("subject", request.subject())
                        .param("kind", request.kind().name())
                        .param("words", request.words() == null ? null : storable(request.words()))
                        .param("at", request.askedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<PrivacyRequest> find(UUID id) {
        return jdbc.sql("SELECT * FROM privacy_requests WHERE id = ?")
                .param(id)
                .query(SqlPrivacyRequests::row)
                .optional();
    }

    @Override
    public List<PrivacyRequest> open() {
        return jdbc.sql("SELECT * FROM privacy_requests WHERE answered_at IS NULL ORDER BY asked_at, id")
                .query(SqlPrivacyRequests::row)
                .list();
    }

    @Override
    public List<PrivacyRequest> of(UUID subject) {
        return jdbc.sql("SELECT * FROM privacy_requests WHERE subject_id = ? ORDER BY asked_at, id")
                .param(subject)
                .query(SqlPrivacyRequests::row)
                .list();
    }

    @Override
    public boolean answer(UUID id, String answer, UUID by, Instant at) {
        return jdbc.sql("UPDATE privacy_requests SET answer = ?, answered_by = ?, answered_at = ?"
                                + " WHERE id = ? AND answered_at IS NULL")
                        .params(storable(answer), by, at.atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }

    /** PostgreSQL keeps no zero characters. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static PrivacyRequest row(ResultSet row, int number) throws SQLException {
        OffsetDateTime answered = row.getObject("answered_at", OffsetDateTime.class);
        return new PrivacyRequest(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                PrivacyRequest.Kind.valueOf(row.getString("kind")),
                row.getString("words"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                answered == null ? null : answered.toInstant(),
                row.getString("answer"));
    }
}
