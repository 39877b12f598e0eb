package org.vultus.store.people;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.signin.Passwords;

/** {@link Passwords} in the table {@code users}. */
public final class SqlPasswords implements Passwords {
    private final JdbcClient jdbc;

    public SqlPasswords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Stored> find(UUID subject) {
        return jdbc.sql("SELECT password_hash, password_must_change FROM users"
                        + " WHERE id = ? AND password_hash IS NOT NULL AND erased_at IS NULL")
                .param(subject)
                .query((row, number) ->
                        new Stored(row.getString("password_hash"), row.getBoolean("password_must_change")))
                .optional();
    }

    @Override
    public void store(UUID subject, Stored password) {
        int stored = jdbc.sql(
                        "UPDATE users SET password_hash = ?, password_must_change = ? WHERE id = ? AND erased_at IS NULL")
                .params(password.hash(), password.mustChange(), subject)
                .update();
        if (stored == 0) {
            throw new IllegalArgumentException("nobody to store a password of: " + subject);
        }
    }
}
