package org.vultus.store.integration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.subject.Scope;

/**
 * {@link AttendanceEvent}s out of {@code audit_events}. Whoever appends to the trail holds its end until their transaction ends, so
 * numbers become visible in their order: a reader who has seen one has seen all before it.
 */
public final class SqlEvents {
    private static final String SELECT =
            "SELECT e.sequence, attendance_event_type(e.action) AS type, e.at, e.subject_id,"
                    + " u.username, u.erased_at, d.code, p.event_id, p.site, p.nsr, least(p.captured_at, p.received_at) AS taken_at,"
                    + " p.received_at, p.method, p.direction, e.detail ->> 'voided' IS NOT NULL AS voided,"
                    + " e.detail ->> 'from' AS from_day, e.detail ->> 'to' AS to_day"
                    + " FROM audit_events e LEFT JOIN users u ON u.id = e.subject_id LEFT JOIN departments d ON d.id = u.department_id"
                    + " LEFT JOIN attendance_punches p ON p.event_id = (coalesce(e.detail ->> 'event', e.detail ->> 'added',"
                    + " e.detail ->> 'voided'))::uuid AND e.action IN ('PUNCH', 'PUNCH_CORRECTED')"
                    + " WHERE e.accepted AND e.action IN ('PUNCH', 'PUNCH_CORRECTED', 'TIMESHEET_APPROVED', 'SUBJECT_CREATED',"
                    + " 'SUBJECT_CHANGED', 'SUBJECT_ERASED')";

    private final JdbcClient jdbc;

    public SqlEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those after a number, in order.
     *
     * @param scope where they happened
     */
    public List<AttendanceEvent> after(long sequence, int limit, Scope scope) {
        @Nullable
        UUID department = switch (scope) {
            case Scope.Everywhere() -> null;
            case Scope.Within(UUID own) -> own;
        };
        return jdbc.sql(SELECT + " AND e.sequence > :after AND (:scope::uuid IS NULL OR e.department_id = :scope::uuid)"
                        + " ORDER BY e.sequence LIMIT :limit")
                .param("after", sequence)
                .param("scope", department)
                .param("limit", limit)
                .query(SqlEvents::row)
                .list();
    }

    /** Those of the given numbers, in no order. */
    List<AttendanceEvent> numbered(Collection<Long> sequences) {
        return jdbc.sql(SELECT + " AND e.sequence = ANY (:sequences::bigint[])")
                .param("sequences", sequences.toArray(Long[]::new))
                .query(SqlEvents::row)
                .list();
    }

    private static AttendanceEvent row(ResultSet row, int number) throws SQLException {
        UUID event = row.getObject("event_id", UUID.class);
        long nsr = row.getLong("nsr");
        boolean numbered = !row.wasNull();
        boolean erased = row.getObject("erased_at") != null;
        return new AttendanceEvent(
                row.getLong("sequence"),
                row.getString("type"),
                time(row, "at"),
                row.getObject("subject_id", UUID.class),
                erased ? null : row.getString("username"),
                row.getString("code"),
                event == null
                        ? null
                        : new AttendanceEvent.TakenPunch(
                                event,
                                row.getString("site"),
                                numbered ? nsr : null,
                                time(row, "taken_at"),
                                time(row, "received_at"),
                                row.getString("method"),
                                row.getString("direction")),
                row.getBoolean("voided"),
                day(row.getString("from_day")),
                day(row.getString("to_day")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }
}
