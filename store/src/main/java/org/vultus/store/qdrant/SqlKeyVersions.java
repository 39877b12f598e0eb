package org.vultus.store.qdrant;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link KeyVersions} of one collection in the table {@code gallery_keys}. */
public final class SqlKeyVersions implements KeyVersions {
    private final JdbcClient jdbc;
    private final String collection;

    public SqlKeyVersions(JdbcClient jdbc, String collection) {
        this.jdbc = jdbc;
        this.collection = collection;
    }

    @Override
    public Map<UUID, State> all() {
        Map<UUID, State> states = new HashMap<>();
        jdbc.sql("SELECT department_id, version, phase FROM gallery_keys WHERE collection = ?")
                .param(collection)
                .query(row -> {
                    states.put(row.getObject(1, UUID.class), new State(row.getInt(2), Phase.valueOf(row.getString(3))));
                });
        return states;
    }

    @Override
    public boolean advance(UUID department, State from) {
        jdbc.sql("INSERT INTO gallery_keys (collection, department_id, version, phase) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")
                .params(
                        collection,
                        department,
                        State.FIRST.version(),
                        State.FIRST.phase().name())
                .update();
        State to = from.next();
        return jdbc.sql("UPDATE gallery_keys SET version = ?, phase = ?"
                                + " WHERE collection = ? AND department_id = ? AND version = ? AND phase = ?")
                        .params(
                                to.version(),
                                to.phase().name(),
                                collection,
                                department,
                                from.version(),
                                from.phase().name())
                        .update()
                > 0;
    }
}
