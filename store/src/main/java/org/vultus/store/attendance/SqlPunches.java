package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.subject.Scope;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.punch.Voiding;
import org.vultus.store.people.ScopeClause;

/** {@link Punches} in {@code attendance_punches} and {@code attendance_voidings}, which nobody can change. */
public final class SqlPunches implements Punches {
    private final JdbcClient jdbc;
    private final UnitOfWork work;
    private final SqlLedger ledger;

    public SqlPunches(JdbcClient jdbc, UnitOfWork work, SqlLedger ledger) {
        this.jdbc = jdbc;
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public Punch add(Punch punch) {
        return work.call(() -> {
            hold(punch.subject());
            Optional<Punch> known = jdbc.sql("SELECT * FROM attendance_punches WHERE event_id = ?")
                    .param(punch.eventId())
                    .query(SqlPunches::row)
                    .optional();
            if (known.isPresent()) {
                if (!known.get().subject().equals(punch.subject())) {
                    throw new IllegalArgumentException("the event identifier " + punch.eventId()
                            + " was used for another person's punch; each event has its own");
                }
                return known.get();
            }
            if (punch.kiosk() == null) {
                insert(with(punch, null));
                return with(punch, null);
            }
            ledger.announce(punch);
            Punch numbered = with(punch, next(punch.kiosk()));
            insert(numbered);
            ledger.mark(numbered);
            return numbered;
        });
    }

    /** The row of the sequence is locked until the transaction ends, so there are no gaps. */
    private Long next(UUID kiosk) {
        jdbc.sql("INSERT INTO attendance_sequences (site, last) SELECT site, 0 FROM attendance_kiosks WHERE id = ?"
                        + " ON CONFLICT DO NOTHING")
                .param(kiosk)
                .update();
        return jdbc.sql("UPDATE attendance_sequences SET last = last + 1"
                        + " WHERE site = (SELECT site FROM attendance_kiosks WHERE id = ?) RETURNING last")
                .param(kiosk)
                .query(Long.class)
                .single();
    }

    private void insert(Punch punch) {
        jdbc.sql("INSERT INTO attendance_punches (event_id, site, nsr, subject_id, department_id, captured_at,"
                        + " received_at, kiosk_id, method, direction, recorded_by, reason)"
                        + " VALUES (:event, (SELECT site FROM attendance_kiosks WHERE id = :kiosk::uuid), :nsr, :subject,"
                        + " :department, :captured, :received, :kiosk::uuid, :method, :direction, :by, :reason)")
                .param("event", punch.eventId())
                .param("nsr", punch.nsr())
                .param("subject", punch.subject())
                .param("department", punch.department())
                .param("captured", Columns.time(punch.capturedAt()))
                .param("received", Columns.time(punch.receivedAt()))
                .param("kiosk", punch.kiosk())
                .param("method", punch.method().name())
                .param(
                        "direction",
                        punch.direction() == null ? null : punch.direction().name())
                .param("by", punch.recordedBy())
                .param("reason", punch.reason())
                .update();
    }

    private static Punch with(Punch punch, @Nullable Long nsr) {
        return new Punch(
                punch.eventId(),
                nsr,
                punch.subject(),
                punch.department(),
                punch.capturedAt(),
                punch.receivedAt(),
                punch.kiosk(),
                punch.method(),
                punch.direction(),
                punch.recordedBy(),
                punch.reason());
    }

    @Override
    public void hold(UUID subject) {
        // Not the row itself: an enrolment or a change of the person need not wait for a punch.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('punch/' || ?::text, 0))::text")
                .param(subject)
                .query(String.class)
                .list();
    }

    @Override
    public void add(Voiding voiding) {
        jdbc.sql("INSERT INTO attendance_voidings (id, event_id, subject_id, recorded_by, reason, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        voiding.id(),
                        voiding.punch(),
                        voiding.subject(),
                        voiding.by(),
                        voiding.reason(),
                        Columns.time(voiding.recordedAt()))
                .update();
    }

    @Override
    public Optional<Punch> find(UUID eventId, Scope scope) {
        return jdbc.sql("SELECT p.* FROM attendance_punches p JOIN users u ON u.id = p.subject_id"
                        + " WHERE p.event_id = :event AND " + ScopeClause.on("u.department_id"))
                .param("event", eventId)
                .param("scope", ScopeClause.parameter(scope))
                .query(SqlPunches::row)
                .optional();
    }

    @Override
    public List<Punch> of(Collection<UUID> subjects, Instant from, Instant to) {
        return jdbc.sql(
                        "SELECT * FROM attendance_punches WHERE subject_id = ANY (:subjects::uuid[]) AND at >= :from AND at < :to")
                .param("subjects", Columns.ids(subjects))
                .param("from", Columns.time(from))
                .param("to", Columns.time(to))
                .query(SqlPunches::row)
                .list();
    }

    @Override
    public List<Voiding> voidings(Collection<UUID> subjects) {
        return jdbc.sql("SELECT * FROM attendance_voidings WHERE subject_id = ANY (:subjects::uuid[])")
                .param("subjects", Columns.ids(subjects))
                .query((row, number) -> new Voiding(
                        Columns.id(row, "id"),
                        Columns.id(row, "event_id"),
                        Columns.id(row, "subject_id"),
                        Columns.id(row, "recorded_by"),
                        row.getString("reason"),
                        Columns.time(row, "recorded_at")))
                .list();
    }

    @Override
    public List<Punch> numbered(String site, long from, int limit) {
        return jdbc.sql("SELECT * FROM attendance_punches WHERE site = ? AND nsr >= ? ORDER BY nsr LIMIT ?")
                .params(site, from, limit)
                .query(SqlPunches::row)
                .list();
    }

    private static Punch row(ResultSet row, int number) throws SQLException {
        long nsr = row.getLong("nsr");
        boolean numbered = !row.wasNull();
        String direction = row.getString("direction");
        return new Punch(
                Columns.id(row, "event_id"),
                numbered ? nsr : null,
                Columns.id(row, "subject_id"),
                Columns.id(row, "department_id"),
                Columns.time(row, "captured_at"),
                Columns.time(row, "received_at"),
                row.getObject("kiosk_id", UUID.class),
                Method.valueOf(row.getString("method")),
                direction == null ? null : Direction.valueOf(direction),
                row.getObject("recorded_by", UUID.class),
                row.getString("reason"));
    }
}
