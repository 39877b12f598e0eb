package org.vultus.store.signin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.UnitOfWork;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Lockouts;

/** {@link Lockouts} in the table {@code lockouts}; a key without a row has no failures. */
public final class SqlLockouts implements Lockouts {
    private final JdbcClient jdbc;
    private final UnitOfWork work;

    public SqlLockouts(JdbcClient jdbc, UnitOfWork work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    @Override
    public Lockout find(String key) {
        return jdbc.sql("SELECT failures, locked_until FROM lockouts WHERE key = ?")
                .param(key)
                .query(SqlLockouts::row)
                .optional()
                .orElse(Lockout.NONE);
    }

    @Override
    public void update(String key, UnaryOperator<Lockout> change) {
        work.run(() -> {
            // Two first failures at once must both count, so the row is made before it is locked.
            jdbc.sql("INSERT INTO lockouts (key, failures) VALUES (?, 0) ON CONFLICT DO NOTHING")
                    .param(key)
                    .update();
            Lockout before = jdbc.sql("SELECT failures, locked_until FROM lockouts WHERE key = ? FOR UPDATE")
                    .param(key)
                    .query(SqlLockouts::row)
                    .single();
            Lockout after = change.apply(before);
            // Never deleted here: another attempt may wait for this very row.
            jdbc.sql(
                            "UPDATE lockouts SET failures = :failures, locked_until = :until, changed_at = now() WHERE key = :key")
                    .param("failures", after.failures())
                    .param("until", after.until() == null ? null : after.until().atOffset(ZoneOffset.UTC))
                    .param("key", key)
                    .update();
        });
    }

    private static Lockout row(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("locked_until", OffsetDateTime.class);
        return new Lockout(row.getInt("failures"), until == null ? null : until.toInstant());
    }
}
