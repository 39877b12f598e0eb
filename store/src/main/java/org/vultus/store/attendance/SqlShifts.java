package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.shift.UnpaidBreak;

/** {@link Shifts} in {@code attendance_shifts}. A break is {@code START/END}. */
public final class SqlShifts implements Shifts {
    private final JdbcClient jdbc;

    public SqlShifts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Shift shift) {
        return jdbc.sql("INSERT INTO attendance_shifts (id, name, starts, ends, early_window_s, late_window_s,"
                                + " late_grace_s, early_leave_s, breaks, rounding_s, on_call)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(
                                shift.id(),
                                shift.name(),
                                shift.start(),
                                shift.end(),
                                Columns.seconds(shift.earlyWindow()),
                                Columns.seconds(shift.lateWindow()),
                                Columns.seconds(shift.lateGrace()),
                                Columns.seconds(shift.earlyLeaveGrace()),
                                shift.unpaidBreaks().stream()
                                        .map(pause -> pause.start() + "/" + pause.end())
                                        .toArray(String[]::new),
                                Columns.seconds(shift.rounding()),
                                shift.onCall())
                        .update()
                == 1;
    }

    @Override
    public boolean retire(UUID shift) {
        return jdbc.sql("UPDATE attendance_shifts SET retired = true WHERE id = ? AND NOT retired")
                        .param(shift)
                        .update()
                == 1;
    }

    @Override
    public List<Shift> all() {
        return jdbc.sql("SELECT * FROM attendance_shifts ORDER BY name, id")
                .query(SqlShifts::row)
                .list();
    }

    @Override
    public List<Shift> inUse() {
        return jdbc.sql("SELECT * FROM attendance_shifts WHERE NOT retired ORDER BY name, id")
                .query(SqlShifts::row)
                .list();
    }

    private static Shift row(ResultSet row, int number) throws SQLException {
        String[] breaks = (String[]) row.getArray("breaks").getArray();
        return new Shift(
                Columns.id(row, "id"),
                row.getString("name"),
                row.getObject("starts", LocalTime.class),
                row.getObject("ends", LocalTime.class),
                Columns.seconds(row, "early_window_s"),
                Columns.seconds(row, "late_window_s"),
                Columns.seconds(row, "late_grace_s"),
                Columns.seconds(row, "early_leave_s"),
                Arrays.stream(breaks).map(SqlShifts::pause).toList(),
                Columns.seconds(row, "rounding_s"),
                row.getBoolean("on_call"));
    }

    private static UnpaidBreak pause(String text) {
        int slash = text.indexOf('/');
        return new UnpaidBreak(LocalTime.parse(text.substring(0, slash)), LocalTime.parse(text.substring(slash + 1)));
    }
}
