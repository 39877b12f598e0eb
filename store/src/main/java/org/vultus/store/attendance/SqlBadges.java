package org.vultus.store.attendance;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.presence.Badges;
import org.vultus.store.keys.BadgeDigests;

/** {@link Badges} in {@code attendance_badges}, by keyed digests. */
public final class SqlBadges implements Badges {
    private final JdbcClient jdbc;
    private final BadgeDigests digests;

    public SqlBadges(JdbcClient jdbc, BadgeDigests digests) {
        this.jdbc = jdbc;
        this.digests = digests;
    }

    @Override
    public Optional<UUID> find(String number) {
        return jdbc.sql("SELECT subject_id FROM attendance_badges WHERE digest = ?")
                .param(digests.of(number))
                .query(UUID.class)
                .optional();
    }

    @Override
    public Optional<Instant> givenAt(UUID subject) {
        return jdbc.sql("SELECT changed_at FROM attendance_badges WHERE subject_id = ?")
                .param(subject)
                .query((row, index) -> Columns.time(row, "changed_at"))
                .optional();
    }

    @Override
    public boolean store(UUID subject, String number, Instant at) {
        byte[] digest = digests.of(number);
        // In one statement, so that of two who are given the same badge at once one is told.
        return jdbc.sql("INSERT INTO attendance_badges (subject_id, digest, changed_at)"
                                + " SELECT :subject, :digest, :at WHERE NOT EXISTS (SELECT FROM attendance_badges"
                                + " WHERE digest = :digest AND subject_id <> :subject) ON CONFLICT (subject_id)"
                                + " DO UPDATE SET digest = excluded.digest, changed_at = excluded.changed_at")
                        .param("subject", subject)
                        .param("digest", digest)
                        .param("at", Columns.time(at))
                        .update()
                == 1;
    }

    @Override
    public boolean remove(UUID subject) {
        return jdbc.sql("DELETE FROM attendance_badges WHERE subject_id = ?")
                        .param(subject)
                        .update()
                == 1;
    }
}
