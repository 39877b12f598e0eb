package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;

/** {@link RuleBook} in {@code attendance_rules}. */
public final class SqlRuleBook implements RuleBook {
    private final JdbcClient jdbc;
    private final UnitOfWork work;

    public SqlRuleBook(JdbcClient jdbc, UnitOfWork work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    @Override
    public RuleVersion add(LocalDate from, @Nullable UUID department, Rules rules, UUID by, Instant at) {
        return work.call(() -> {
            // Two versions at once get two numbers.
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('attendance_rules', 0))::text")
                    .query(String.class)
                    .list();
            int number = jdbc.sql("SELECT coalesce(max(number), 0) + 1 FROM attendance_rules")
                    .query(Integer.class)
                    .single();
            jdbc.sql("INSERT INTO attendance_rules (number, from_day, department_id, count_early, daily_threshold_s,"
                            + " weekly_threshold_s, overtime_percent, higher_after_s, higher_percent, rest_day_percent,"
                            + " night_start, night_end, night_percent, approval, recorded_by, recorded_at)"
                            + " VALUES (:number, :from, :department::uuid, :early, :daily::integer, :weekly::integer,"
                            + " :overtime, :after::integer, :higher, :rest, :nightStart, :nightEnd, :night, :approval, :by,"
                            + " :at)")
                    .param("number", number)
                    .param("from", from)
                    .param("department", department)
                    .param("early", rules.countEarly())
                    .param("daily", Columns.secondsOrNull(rules.dailyThreshold()))
                    .param("weekly", Columns.secondsOrNull(rules.weeklyThreshold()))
                    .param("overtime", rules.overtimePercent())
                    .param("after", Columns.secondsOrNull(rules.higherAfter()))
                    .param("higher", rules.higherPercent())
                    .param("rest", rules.restDayPercent())
                    .param("nightStart", rules.nightStart())
                    .param("nightEnd", rules.nightEnd())
                    .param("night", rules.nightPercent())
                    .param("approval", rules.approval())
                    .param("by", by)
                    .param("at", Columns.time(at))
                    .update();
            return new RuleVersion(number, from, department, rules, at);
        });
    }

    @Override
    public List<RuleVersion> all() {
        return jdbc.sql("SELECT * FROM attendance_rules ORDER BY number")
                .query(SqlRuleBook::row)
                .list();
    }

    private static RuleVersion row(ResultSet row, int number) throws SQLException {
        return new RuleVersion(
                row.getInt("number"),
                Columns.day(row, "from_day"),
                row.getObject("department_id", UUID.class),
                new Rules(
                        row.getBoolean("count_early"),
                        Columns.secondsOrNull(row, "daily_threshold_s"),
                        Columns.secondsOrNull(row, "weekly_threshold_s"),
                        row.getInt("overtime_percent"),
                        Columns.secondsOrNull(row, "higher_after_s"),
                        row.getInt("higher_percent"),
                        row.getInt("rest_day_percent"),
                        row.getObject("night_start", LocalTime.class),
                        row.getObject("night_end", LocalTime.class),
                        row.getInt("night_percent"),
                        row.getBoolean("approval")),
                Columns.time(row, "recorded_at"));
    }
}
