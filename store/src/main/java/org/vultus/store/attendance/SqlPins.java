package org.vultus.store.attendance;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.presence.Pins;

/** {@link Pins} in {@code attendance_pins}. */
public final class SqlPins implements Pins {
    private final JdbcClient jdbc;

    public SqlPins(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> find(UUID subject) {
        return jdbc.sql("SELECT hash FROM attendance_pins WHERE subject_id = ?")
                .param(subject)
                .query(String.class)
                .optional();
    }

    @Override
    public void store(UUID subject, String hash, Instant at) {
        jdbc.sql(
                        "INSERT INTO attendance_pins (subject_id, hash, changed_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (subject_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at")
                .params(subject, hash, Columns.time(at))
                .update();
    }
}
