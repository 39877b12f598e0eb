package org.vultus.store.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.privacy.PersonalData;

/** What the tables of attendance hold of one person, for that person to read. */
record PersonalTime(JdbcClient jdbc) {

    PersonalData.Time of(UUID subject) {
        return new PersonalData.Time(
                punches(subject),
                approvals(subject),
                overtime(subject),
                leaves(subject),
                rosters(subject),
                since("SELECT changed_at FROM attendance_pins WHERE subject_id = ?", subject),
                since("SELECT changed_at FROM attendance_badges WHERE subject_id = ?", subject),
                since("SELECT recorded_at FROM attendance_tax_numbers WHERE subject_id = ?", subject));
    }

    private List<PersonalData.PunchMark> punches(UUID subject) {
        return jdbc.sql(
                        "SELECT p.event_id, p.at, p.received_at, p.site, p.nsr, p.method, p.direction, p.recorded_by, p.reason,"
                                + " (SELECT v.reason FROM attendance_voidings v WHERE v.event_id = p.event_id"
                                + " ORDER BY v.recorded_at LIMIT 1) AS voided,"
                                + " EXISTS (SELECT FROM attendance_afd a WHERE a.event_id = p.event_id) AS receipt"
                                + " FROM attendance_punches p WHERE p.subject_id = ? ORDER BY p.at, p.event_id")
                .param(subject)
                .query((row, number) -> {
                    long nsr = row.getLong("nsr");
                    return new PersonalData.PunchMark(
                            row.getObject("event_id", UUID.class),
                            at(row, "at"),
                            at(row, "received_at"),
                            row.getString("site"),
                            nsr == 0 ? null : nsr,
                            row.getString("method"),
                            row.getString("direction"),
                            row.getObject("recorded_by", UUID.class),
                            row.getString("reason"),
                            row.getString("voided"),
                            row.getBoolean("receipt"));
                })
                .list();
    }

    private List<PersonalData.ApprovalMark> approvals(UUID subject) {
        return jdbc.sql(
                        "SELECT from_day, to_day, recorded_by, recorded_at FROM attendance_closings WHERE subject_id = ?"
                                + " ORDER BY recorded_at, id")
                .param(subject)
                .query((row, number) -> new PersonalData.ApprovalMark(
                        day(row, "from_day"),
                        day(row, "to_day"),
                        row.getObject("recorded_by", UUID.class),
                        at(row, "recorded_at")))
                .list();
    }

    private List<PersonalData.OvertimeMark> overtime(UUID subject) {
        return jdbc.sql("SELECT day, seconds, recorded_by, recorded_at FROM attendance_overtime WHERE subject_id = ?"
                        + " ORDER BY recorded_at, id")
                .param(subject)
                .query((row, number) -> new PersonalData.OvertimeMark(
                        day(row, "day"),
                        row.getInt("seconds"),
                        row.getObject("recorded_by", UUID.class),
                        at(row, "recorded_at")))
                .list();
    }

    private List<PersonalData.LeaveMark> leaves(UUID subject) {
        return jdbc.sql("SELECT from_day, to_day, kind, recorded_by, recorded_at, cancelled_at FROM attendance_leaves"
                        + " WHERE subject_id = ? ORDER BY from_day, id")
                .param(subject)
                .query((row, number) -> new PersonalData.LeaveMark(
                        day(row, "from_day"),
                        day(row, "to_day"),
                        row.getString("kind"),
                        row.getObject("recorded_by", UUID.class),
                        at(row, "recorded_at"),
                        atOrNull(row, "cancelled_at")))
                .list();
    }

    private List<PersonalData.RosterMark> rosters(UUID subject) {
        return jdbc.sql("SELECT a.from_day, r.name, a.recorded_by, a.recorded_at FROM attendance_assignments a"
                        + " LEFT JOIN attendance_rosters r ON r.id = a.roster_id WHERE a.subject_id = ?"
                        + " ORDER BY a.recorded_at, a.id")
                .param(subject)
                .query((row, number) -> new PersonalData.RosterMark(
                        day(row, "from_day"),
                        row.getString("name"),
                        row.getObject("recorded_by", UUID.class),
                        at(row, "recorded_at")))
                .list();
    }

    private @Nullable Instant since(String sql, UUID subject) {
        return jdbc.sql(sql)
                .param(subject)
                .query((row, number) -> Objects.requireNonNull(row.getObject(1, OffsetDateTime.class))
                        .toInstant())
                .optional()
                .orElse(null);
    }

    private static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(atOrNull(row, column));
    }

    private static @Nullable Instant atOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
