package org.vultus.store.attendance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.kiosk.KioskKey;
import org.vultus.attendance.kiosk.Kiosks;

/** {@link Kiosks} in {@code attendance_kiosks}. */
public final class SqlKiosks implements Kiosks {
    private final JdbcClient jdbc;

    public SqlKiosks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Kiosk kiosk, KioskCredential credential) {
        return jdbc.sql(
                                "INSERT INTO attendance_kiosks (id, name, site, zone, departments, credential_hash, registered_at)"
                                        + " VALUES (?, ?, ?, ?, ?::uuid[], ?, ?) ON CONFLICT DO NOTHING")
                        .params(
                                kiosk.id(),
                                kiosk.name(),
                                kiosk.site(),
                                kiosk.zone().getId(),
                                Columns.ids(kiosk.departments()),
                                credential.hash(),
                                Columns.time(kiosk.registeredAt()))
                        .update()
                == 1;
    }

    @Override
    public Optional<Kiosk> find(KioskCredential credential) {
        return jdbc.sql("SELECT * FROM attendance_kiosks WHERE credential_hash = ? AND removed_at IS NULL")
                .param(credential.hash())
                .query(SqlKiosks::row)
                .optional();
    }

    @Override
    public boolean remove(UUID kiosk, Instant at) {
        return jdbc.sql("UPDATE attendance_kiosks SET removed_at = ? WHERE id = ? AND removed_at IS NULL")
                        .params(Columns.time(at), kiosk)
                        .update()
                == 1;
    }

    @Override
    public boolean bind(UUID kiosk, KioskKey key) {
        return jdbc.sql("UPDATE attendance_kiosks SET signing_key = :key"
                                + " WHERE id = :kiosk AND removed_at IS NULL AND coalesce(signing_key, :key) = :key")
                        .param("key", key.encoded())
                        .param("kiosk", kiosk)
                        .update()
                == 1;
    }

    @Override
    public Optional<KioskKey> key(UUID kiosk) {
        return jdbc.sql("SELECT signing_key FROM attendance_kiosks WHERE id = ? AND signing_key IS NOT NULL")
                .param(kiosk)
                .query((row, number) -> KioskKey.of(row.getBytes("signing_key")))
                .optional();
    }

    @Override
    public List<Kiosk> list() {
        return jdbc.sql("SELECT * FROM attendance_kiosks ORDER BY name, registered_at")
                .query(SqlKiosks::row)
                .list();
    }

    private static Kiosk row(ResultSet row, int number) throws SQLException {
        return new Kiosk(
                Columns.id(row, "id"),
                row.getString("name"),
                row.getString("site"),
                ZoneId.of(row.getString("zone")),
                Set.of((UUID[]) row.getArray("departments").getArray()),
                Columns.time(row, "registered_at"),
                Columns.timeOrNull(row, "removed_at"));
    }
}
