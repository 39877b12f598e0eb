package org.vultus.store.qdrant;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.enrolment.SqlReferences;

/**
 * Keeps the collection in step with what any server changes in the store, as {@code store.enrolment.GalleryFeed} does for galleries in
 * memory; but one server does it for all, and how far it came is kept, so that a start costs nothing and what was missed while Qdrant
 * was away is made up for. A collection that is not there is made and filled. One thread of its own.
 */
public final class IndexFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFeed.class);

    private static final long LOOK_EVERY_MS = 2_000;
    private static final long PAUSE_MS = 500;
    private static final int CHANGES = 500;

    /** About half a megabyte of vectors in one call. */
    private static final int BATCH = 256;

    private static final int PROGRESS_EVERY = 100_000;

    /** Among PostgreSQL's advisory locks, whose numbers are chosen by whoever uses them. */
    private static final long ONE_FOR_ALL = 0x76756c_0005L;

    private final DataSource database;
    private final JdbcClient jdbc;
    private final SqlReferences references;
    private final ExtractorId extractor;
    private final QdrantGallery gallery;
    private final IndexPosition position;
    private final Refresh refresh;
    private final IntConsumer onFilled;
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Change(UUID subject, long sequence) {}

    private IndexFeed(
            DataSource database,
            SqlReferences references,
            ExtractorId extractor,
            QdrantGallery gallery,
            IndexPosition position,
            IntConsumer onFilled) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
        this.references = references;
        this.extractor = extractor;
        this.gallery = gallery;
        this.position = position;
        this.onFilled = onFilled;
        this.refresh = new Refresh(references, gallery, extractor);
    }

    /**
     * Begins in the background; waits neither for Qdrant nor for the references.
     *
     * @param onFilled hears how many references were read to fill the collection
     */
    public static IndexFeed open(
            DataSource database,
            SqlReferences references,
            ExtractorId extractor,
            QdrantGallery gallery,
            IndexPosition position,
            IntConsumer onFilled) {
        IndexFeed feed = new IndexFeed(database, references, extractor, gallery, position, onFilled);
        Thread.ofPlatform().name("index-feed").daemon().start(feed::follow);
        return feed;
    }

    private void follow() {
        while (closed.getCount() > 0) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (GalleryUnavailable e) {
                LOG.debug("The index is not followed for now: {}", e.getMessage());
            } catch (SQLException | DataAccessException e) {
                if (closed.getCount() > 0) {
                    LOG.warn("The index cannot follow the database for now: {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                LOG.error("The index does not follow the database", e);
            }
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN vultus_gallery");
        }
        PGConnection messages = connection.unwrap(PGConnection.class);
        try {
            while (closed.getCount() > 0) {
                if (alone(connection)) {
                    catchUp();
                }
                messages.getNotifications((int) LOOK_EVERY_MS);
            }
        } finally {
            if (!connection.isClosed() && connection.isValid(1)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("UNLISTEN *");
                    statement.execute("SELECT pg_advisory_unlock_all()");
                }
            }
        }
    }

    /** Whether this is the one server that follows; held until the connection ends. */
    private static boolean alone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var held = statement.executeQuery("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND pid = pg_backend_pid() AND granted")) {
            held.next();
            if (held.getBoolean(1)) {
                return true;
            }
        }
        try (Statement statement = connection.createStatement();
                var got = statement.executeQuery("SELECT pg_try_advisory_lock(" + ONE_FOR_ALL + ")")) {
            got.next();
            return got.getBoolean(1);
        }
    }

    private void catchUp() {
        OptionalLong at = position.find();
        boolean there = at.isPresent() && (gallery.exists() || references.countActive(extractor) == 0);
        long seen = there ? at.getAsLong() : fill();
        List<Change> changes;
        do {
            changes = jdbc.sql("SELECT subject_id, sequence FROM gallery_changes WHERE sequence > ?"
                            + " ORDER BY sequence LIMIT ?")
                    .params(seen, CHANGES)
                    .query((row, number) -> new Change(row.getObject(1, UUID.class), row.getLong(2)))
                    .list();
            for (Change change : changes) {
                refresh.person(change.subject());
                seen = change.sequence();
            }
            if (!changes.isEmpty()) {
                position.keep(seen);
            }
        } while (changes.size() == CHANGES && closed.getCount() > 0);
    }

    /** Writes everybody, and gives the number up to which that counts. */
    private long fill() {
        long seen =
                jdbc.sql("SELECT sequence FROM gallery_head").query(Long.class).single();
        int[] done = new int[1];
        references.forEachPage(extractor, BATCH, page -> {
            gallery.putAll(page.stream()
                    .map(reference ->
                            new Gallery.Entry(reference.subject(), reference.department(), reference.features()))
                    .toList());
            int before = done[0];
            done[0] += page.size();
            if (before / PROGRESS_EVERY < done[0] / PROGRESS_EVERY) {
                LOG.info("{} references written", done[0]);
            }
        });
        LOG.info("{} references written", done[0]);
        onFilled.accept(done[0]);
        position.keep(seen);
        return seen;
    }

    private void pause() {
        try {
            if (closed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("The index no longer follows the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
