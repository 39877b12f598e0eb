package org.vultus.store.attendance;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.attendance.timesheet.Closing;
import org.vultus.attendance.timesheet.OvertimeApproval;

/** {@link Approvals} in {@code attendance_overtime} and {@code attendance_closings}. */
public final class SqlApprovals implements Approvals {
    private final JdbcClient jdbc;

    public SqlApprovals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(OvertimeApproval approval) {
        jdbc.sql("INSERT INTO attendance_overtime (id, subject_id, day, seconds, recorded_by, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        approval.id(),
                        approval.subject(),
                        approval.day(),
                        approval.seconds(),
                        approval.by(),
                        Columns.time(approval.recordedAt()))
                .update();
    }

    @Override
    public List<OvertimeApproval> overtime(Collection<UUID> subjects) {
        return jdbc.sql(
                        "SELECT * FROM attendance_overtime WHERE subject_id = ANY (:subjects::uuid[]) ORDER BY recorded_at, id")
                .param("subjects", Columns.ids(subjects))
                .query((row, number) -> new OvertimeApproval(
                        Columns.id(row, "id"),
                        Columns.id(row, "subject_id"),
                        Columns.day(row, "day"),
                        row.getLong("seconds"),
                        Columns.id(row, "recorded_by"),
                        Columns.time(row, "recorded_at")))
                .list();
    }

    @Override
    public void add(Closing closing) {
        jdbc.sql("INSERT INTO attendance_closings (id, subject_id, from_day, to_day, recorded_by, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        closing.id(),
                        closing.subject(),
                        closing.from(),
                        closing.to(),
                        closing.by(),
                        Columns.time(closing.at()))
                .update();
    }

    @Override
    public List<Closing> closings(UUID subject) {
        return jdbc.sql("SELECT * FROM attendance_closings WHERE subject_id = ? ORDER BY recorded_at, id")
                .param(subject)
                .query((row, number) -> new Closing(
                        Columns.id(row, "id"),
                        Columns.id(row, "subject_id"),
                        Columns.day(row, "from_day"),
                        Columns.day(row, "to_day"),
                        Columns.id(row, "recorded_by"),
                        Columns.time(row, "recorded_at")))
                .list();
    }
}
