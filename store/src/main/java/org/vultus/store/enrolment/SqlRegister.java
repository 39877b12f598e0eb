package org.vultus.store.enrolment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.Register;
import org.vultus.access.subject.Scope;
import org.vultus.store.consent.SqlLegalBases;
import org.vultus.store.people.ScopeClause;
import org.vultus.store.people.SqlSubjects;

/** {@link Register} over the tables of people, legal bases and enrolments. */
public final class SqlRegister implements Register {
    private static final String FROM = " FROM users u"
            + " JOIN departments d ON d.id = u.department_id"
            + " LEFT JOIN biometric_consent c ON c.subject_id = u.id AND c.purpose = 'RECOGNITION' AND c.withdrawn_at IS NULL"
            + " LEFT JOIN face_enrollments e ON e.subject_id = u.id AND e.status = 'ACTIVE'"
            + " WHERE u.erased_at IS NULL AND " + ScopeClause.on("u.department_id");
    private static final String SELECT = "SELECT " + SqlSubjects.COLUMNS + ", " + SqlLegalBases.COLUMNS
            + ", d.code AS department_code, d.name AS department_name, e.enrolled_at" + FROM;
    private static final String MATCHES = " AND (u.username LIKE :pattern OR lower(u.display_name) LIKE :pattern)"
            + " AND (:department::text IS NULL OR d.code = :department::text)"
            + " AND (:active::boolean IS NULL OR u.active = :active::boolean)"
            + " AND (:enrolled::boolean IS NULL OR (e.subject_id IS NOT NULL) = :enrolled::boolean)"
            + " AND (:role::text IS NULL OR :role::text = ANY (u.roles))";

    private final JdbcClient jdbc;

    public SqlRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page list(Query query, Scope scope) {
        String text = query.text().replace("\0", "").strip().toLowerCase(Locale.ROOT);
        String pattern = '%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
        int total = bind(jdbc.sql("SELECT count(*)" + FROM + MATCHES), query, pattern, scope)
                .query(Integer.class)
                .single();
        List<Row> rows = bind(
                        jdbc.sql(SELECT + MATCHES
                                + " ORDER BY lower(u.display_name), u.username LIMIT :limit OFFSET :offset"),
                        query,
                        pattern,
                        scope)
                .param("limit", query.limit())
                .param("offset", query.offset())
                .query(SqlRegister::row)
                .list();
        return new Page(rows, total);
    }

    @Override
    public Optional<Row> find(UUID subject, Scope scope) {
        return jdbc.sql(SELECT + " AND u.id = :id")
                .param("id", subject)
                .param("scope", ScopeClause.parameter(scope))
                .query(SqlRegister::row)
                .optional();
    }

    private static JdbcClient.StatementSpec bind(
            JdbcClient.StatementSpec statement, Query query, String pattern, Scope scope) {
        return statement
                .param("pattern", pattern)
                .param("department", query.department().orElse(null))
                .param("active", query.active().orElse(null))
                .param("enrolled", query.enrolled().orElse(null))
                .param("role", query.role().map(Enum::name).orElse(null))
                .param("scope", ScopeClause.parameter(scope));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        OffsetDateTime enrolled = row.getObject("enrolled_at", OffsetDateTime.class);
        return new Row(
                SqlSubjects.row(row, number),
                row.getString("department_code"),
                row.getString("department_name"),
                row.getObject("basis_id") == null ? null : SqlLegalBases.row(row, number),
                enrolled == null ? null : enrolled.toInstant());
    }
}
