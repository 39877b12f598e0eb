package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Leave;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.roster.Rosters;

/** {@link Rosters} in {@code attendance_rosters}, {@code _assignments}, {@code _holidays} and {@code _leaves}. */
public final class SqlRosters implements Rosters {
    private final JdbcClient jdbc;

    public SqlRosters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Roster roster) {
        return jdbc.sql("INSERT INTO attendance_rosters (id, name, zone, anchor, days, observes_holidays)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(
                                roster.id(),
                                roster.name(),
                                roster.zone().getId(),
                                roster.anchor(),
                                roster.days().stream()
                                        .map(day ->
                                                day.stream().map(UUID::toString).collect(Collectors.joining(" ")))
                                        .toArray(String[]::new),
                                roster.observesHolidays())
                        .update()
                == 1;
    }

    @Override
    public boolean retire(UUID roster) {
        return jdbc.sql("UPDATE attendance_rosters SET retired = true WHERE id = ? AND NOT retired")
                        .param(roster)
                        .update()
                == 1;
    }

    @Override
    public List<Roster> all() {
        return jdbc.sql("SELECT * FROM attendance_rosters ORDER BY name, id")
                .query(SqlRosters::row)
                .list();
    }

    @Override
    public List<Roster> inUse() {
        return jdbc.sql("SELECT * FROM attendance_rosters WHERE NOT retired ORDER BY name, id")
                .query(SqlRosters::row)
                .list();
    }

    private static Roster row(ResultSet row, int number) throws SQLException {
        String[] days = (String[]) row.getArray("days").getArray();
        return new Roster(
                Columns.id(row, "id"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                Columns.day(row, "anchor"),
                Arrays.stream(days)
                        .map(day -> Arrays.stream(day.split(" ", -1))
                                .filter(id -> !id.isEmpty())
                                .map(UUID::fromString)
                                .toList())
                        .toList(),
                row.getBoolean("observes_holidays"));
    }

    @Override
    public void assign(Assignment assignment) {
        jdbc.sql("INSERT INTO attendance_assignments (id, subject_id, roster_id, from_day, recorded_by, recorded_at)"
                        + " VALUES (:id, :subject, :roster::uuid, :from, :by, :at)")
                .param("id", assignment.id())
                .param("subject", assignment.subject())
                .param("roster", assignment.roster())
                .param("from", assignment.from())
                .param("by", assignment.recordedBy())
                .param("at", Columns.time(assignment.recordedAt()))
                .update();
    }

    @Override
    public List<Assignment> assignments(Collection<UUID> subjects) {
        return jdbc.sql(
                        "SELECT * FROM attendance_assignments WHERE subject_id = ANY (:subjects::uuid[]) ORDER BY recorded_at, id")
                .param("subjects", Columns.ids(subjects))
                .query((row, number) -> new Assignment(
                        Columns.id(row, "id"),
                        Columns.id(row, "subject_id"),
                        row.getObject("roster_id", UUID.class),
                        Columns.day(row, "from_day"),
                        Columns.id(row, "recorded_by"),
                        Columns.time(row, "recorded_at")))
                .list();
    }

    @Override
    public void add(Holiday holiday) {
        jdbc.sql("INSERT INTO attendance_holidays (id, day, name, department_id, recorded_at)"
                        + " VALUES (:id, :day, :name, :department::uuid, :at)")
                .param("id", holiday.id())
                .param("day", holiday.day())
                .param("name", holiday.name())
                .param("department", holiday.department())
                .param("at", Columns.time(holiday.recordedAt()))
                .update();
    }

    @Override
    public boolean removeHoliday(UUID holiday, Instant at) {
        return jdbc.sql("UPDATE attendance_holidays SET removed_at = ? WHERE id = ? AND removed_at IS NULL")
                        .params(Columns.time(at), holiday)
                        .update()
                == 1;
    }

    @Override
    public List<Holiday> holidays(LocalDate from, LocalDate to) {
        return jdbc.sql("SELECT * FROM attendance_holidays WHERE day BETWEEN ? AND ? ORDER BY day, id")
                .params(from, to)
                .query((row, number) -> new Holiday(
                        Columns.id(row, "id"),
                        Columns.day(row, "day"),
                        row.getString("name"),
                        row.getObject("department_id", UUID.class),
                        Columns.time(row, "recorded_at"),
                        Columns.timeOrNull(row, "removed_at")))
                .list();
    }

    @Override
    public void add(Leave leave) {
        jdbc.sql("INSERT INTO attendance_leaves (id, subject_id, from_day, to_day, kind, recorded_by, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        leave.id(),
                        leave.subject(),
                        leave.from(),
                        leave.to(),
                        leave.kind(),
                        leave.recordedBy(),
                        Columns.time(leave.recordedAt()))
                .update();
    }

    @Override
    public boolean cancelLeave(UUID leave, UUID subject, Instant at) {
        return jdbc.sql("UPDATE attendance_leaves SET cancelled_at = ?"
                                + " WHERE id = ? AND subject_id = ? AND cancelled_at IS NULL")
                        .params(Columns.time(at), leave, subject)
                        .update()
                == 1;
    }

    @Override
    public List<Leave> leaves(Collection<UUID> subjects) {
        return jdbc.sql(
                        "SELECT * FROM attendance_leaves WHERE subject_id = ANY (:subjects::uuid[]) ORDER BY from_day, id")
                .param("subjects", Columns.ids(subjects))
                .query((row, number) -> new Leave(
                        Columns.id(row, "id"),
                        Columns.id(row, "subject_id"),
                        Columns.day(row, "from_day"),
                        Columns.day(row, "to_day"),
                        row.getString("kind"),
                        Columns.id(row, "recorded_by"),
                        Columns.time(row, "recorded_at"),
                        Columns.timeOrNull(row, "cancelled_at")))
                .list();
    }
}
