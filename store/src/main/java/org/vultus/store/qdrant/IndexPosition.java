package org.vultus.store.qdrant;

import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which number of {@code gallery_changes} a collection has followed, in the table {@code gallery_indexes}: shared by all servers, and
 * kept over restarts. Safe for several threads.
 */
public final class IndexPosition {
    private final JdbcClient jdbc;
    private final String collection;

    public IndexPosition(JdbcClient jdbc, String collection) {
        this.jdbc = jdbc;
        this.collection = collection;
    }

    /** Empty when the collection has to be filled from the beginning. */
    OptionalLong find() {
        return jdbc.sql("SELECT sequence FROM gallery_indexes WHERE collection = ?")
                .param(collection)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Whether the collection was filled. */
    public boolean filled() {
        return find().isPresent();
    }

    void keep(long sequence) {
        jdbc.sql("INSERT INTO gallery_indexes (collection, sequence) VALUES (?, ?)"
                        + " ON CONFLICT (collection) DO UPDATE SET sequence = excluded.sequence")
                .params(collection, sequence)
                .update();
    }

    /** The collection has to be filled from the beginning. */
    public void forget() {
        jdbc.sql("DELETE FROM gallery_indexes WHERE collection = ?")
                .param(collection)
                .update();
    }
}
