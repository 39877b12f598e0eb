package org.vultus.store.enrolment;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.Reference;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.match.Gallery;
import org.vultus.store.keys.SealBroken;

/**
 * Fills a gallery from the encrypted references, and keeps it in step with whatever any server changes: PostgreSQL notifies of a
 * change (LISTEN, NOTIFY), and what is above the number seen last is read. Because numbers count and messages do not, a message that
 * was missed, or a connection that was lost, costs a delay and no entry. One thread of its own; safe for several.
 */
public final class GalleryFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GalleryFeed.class);

    /** How long a change may stay unseen whose message was missed, and the pause before another attempt to connect. */
    private static final long LOOK_EVERY_MS = 2_000;

    private static final long PAUSE_MS = 500;
    private static final int PROGRESS_EVERY = 100_000;

    private final DataSource database;
    private final JdbcClient jdbc;
    private final SqlReferences references;
    private final ExtractorId extractor;
    private final Gallery gallery;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long seen;

    private record Change(UUID subject, long sequence) {}

    private GalleryFeed(DataSource database, SqlReferences references, ExtractorId extractor, Gallery gallery) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
        this.references = references;
        this.extractor = extractor;
        this.gallery = gallery;
    }

    /** Fills the gallery, and goes on in the background. */
    public static GalleryFeed open(
            DataSource database, SqlReferences references, ExtractorId extractor, Gallery gallery) {
        GalleryFeed feed = new GalleryFeed(database, references, extractor, gallery);
        feed.load();
        Thread.ofPlatform().name("gallery-feed").daemon().start(feed::follow);
        return feed;
    }

    private void load() {
        long start = System.nanoTime();
        // First the number: what changes while the references are read is read again.
        seen = jdbc.sql("SELECT sequence FROM gallery_head").query(Long.class).single();
        Progress progress = new Progress(references.countAbout());
        int foreign = references.forEachGroup(extractor, group -> {
            gallery.putAll(group.stream().map(GalleryFeed::entry).toList());
            progress.step(group.size());
        });
        LOG.info(
                "{} references loaded in {} ms",
                gallery.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        if (foreign > 0) {
            LOG.warn("{} people were enrolled with another model and must enrol again", foreign);
        }
        catchUp();
    }

    private void follow() {
        while (closed.getCount() > 0) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | DataAccessException e) {
                if (closed.getCount() > 0) {
                    LOG.warn("The gallery cannot follow the database for now: {}", e.getMessage());
                }
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
                catchUp();
                messages.getNotifications((int) LOOK_EVERY_MS);
            }
        } finally {
            if (!connection.isClosed() && connection.isValid(1)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("UNLISTEN *");
                }
            }
        }
    }

    /** Looks again at everybody whose number is above what was seen. */
    private synchronized void catchUp() {
        List<Change> changes = jdbc.sql(
                        "SELECT subject_id, sequence FROM gallery_changes WHERE sequence > ? ORDER BY sequence")
                .param(seen)
                .query((row, number) -> new Change(row.getObject(1, UUID.class), row.getLong(2)))
                .list();
        for (Change change : changes) {
            refresh(change.subject());
            seen = change.sequence();
        }
    }

    private void refresh(UUID subject) {
        Optional<Reference> reference;
        try {
            reference = references.inForce(subject, extractor);
        } catch (SealBroken | IllegalArgumentException e) {
            LOG.error("The reference of {} cannot be read, and is left out", subject, e);
            reference = Optional.empty();
        }
        reference.ifPresentOrElse(this::put, () -> gallery.remove(subject));
    }

    private void put(Reference reference) {
        gallery.put(entry(reference));
    }

    private static Gallery.Entry entry(Reference reference) {
        return new Gallery.Entry(reference.subject(), reference.department(), reference.features());
    }

    private void pause() {
        try {
            if (closed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("The gallery no longer follows the database");
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

    /** Tells how far a long load is. */
    private static final class Progress {
        private final String total;
        private int done;

        Progress(OptionalLong about) {
            this.total = about.isPresent() ? " of about " + about.getAsLong() : "";
        }

        synchronized void step(int count) {
            int before = done;
            done += count;
            if (before / PROGRESS_EVERY < done / PROGRESS_EVERY) {
                LOG.info("{}{} references loaded so far", done, total);
            }
        }
    }
}
