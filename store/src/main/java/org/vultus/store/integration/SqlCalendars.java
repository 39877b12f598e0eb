package org.vultus.store.integration;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Private addresses of people's calendars in {@code roster_calendars}: hashes, one for each person at most. */
public final class SqlCalendars {
    private final JdbcClient jdbc;

    public SqlCalendars(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In place of the one before. @param hash SHA-256 of the secret, hexadecimal */
    public void store(UUID subject, String hash, Instant at) {
        jdbc.sql("INSERT INTO roster_calendars (subject_id, hash, made_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (subject_id) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at")
                .params(subject, hash, at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @return {@code false} when there was none */
    public boolean remove(UUID subject) {
        return jdbc.sql("DELETE FROM roster_calendars WHERE subject_id = ?")
                        .param(subject)
                        .update()
                == 1;
    }

    /** Since when there is one. */
    public Optional<Instant> since(UUID subject) {
        return jdbc.sql("SELECT made_at FROM roster_calendars WHERE subject_id = ?")
                .param(subject)
                .query((row, number) ->
                        row.getObject("made_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Whose it is. */
    public Optional<UUID> owner(String hash) {
        return jdbc.sql("SELECT subject_id FROM roster_calendars WHERE hash = ?")
                .param(hash)
                .query((row, number) -> row.getObject("subject_id", UUID.class))
                .optional();
    }
}
