package org.vultus.store.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.testkit.ManualClock;

/** Two servers over one database, each with a gallery of its own. */
class GalleryFeedTest {
    /** Far more than it takes; reached only when something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestDatabase database;
    private SqlSite site;
    private People people;
    private final List<GalleryFeed> feeds = new ArrayList<>();

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, new ManualClock(People.MONDAY));
        people = new People(site);
    }

    @AfterEach
    void close() {
        feeds.forEach(GalleryFeed::close);
        database.close();
    }

    @Test
    void twoGalleriesFollowWhateverEitherServerChanges() {
        Subject ana = people.person("ana");
        Reference first = people.enrol(ana, 1);
        Gallery one = follow();
        Gallery other = follow();
        assertThat(holds(one, first)).isTrue();
        assertThat(holds(other, first)).isTrue();

        Reference second = people.enrol(ana, 2);
        Reference beas = people.enrol(people.person("bea"), 3);
        for (Gallery gallery : List.of(one, other)) {
            await(() -> gallery.size() == 2 && holds(gallery, second) && holds(gallery, beas));
            assertThat(holds(gallery, first)).isFalse();
        }

        site.work().run(() -> site.references().revoke(ana.id(), People.MONDAY.plusSeconds(5)));
        for (Gallery gallery : List.of(one, other)) {
            await(() -> gallery.size() == 1);
            assertThat(holds(gallery, beas)).isTrue();
        }
    }

    @Test
    void whoIsNoLongerActiveOrHasWithdrawnIsForgotten() {
        Subject ana = people.person("ana");
        Subject bea = people.person("bea");
        people.enrol(ana, 1);
        people.enrol(bea, 2);
        Gallery gallery = follow();
        assertThat(gallery.size()).isEqualTo(2);

        site.work()
                .run(() -> site.subjects()
                        .update(
                                new Subject(ana.id(), "ana", "ana", ana.department(), Set.of(Role.STAFF), false),
                                new Scope.Everywhere()));
        await(() -> gallery.size() == 1);

        site.work().run(() -> site.bases().withdraw(bea.id(), bea.id(), People.MONDAY.plusSeconds(9)));
        await(() -> gallery.size() == 0);
    }

    @Test
    void nothingIsSeenOfWorkThatFails() {
        Subject ana = people.person("ana");
        Reference reference = people.enrol(ana, 1);
        Gallery gallery = follow();
        long before = head();

        try {
            site.work().run(() -> {
                site.references().revoke(ana.id(), People.MONDAY.plusSeconds(5));
                throw new IllegalStateException("the work fails");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the work fails");
        }

        assertThat(head()).isEqualTo(before);
        assertThat(holds(gallery, reference)).isTrue();
    }

    @Test
    void catchesUpAfterItsConnectionWasCut() {
        Gallery gallery = follow();
        await(() -> listeners() == 1);
        Reference reference = people.enrol(people.person("ana"), 1);
        await(() -> holds(gallery, reference));

        // Whatever is sent between the end of this connection and the next one is lost.
        owner().sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND query LIKE 'LISTEN%'")
                .query(Integer.class)
                .single();
        Reference beas = people.enrol(people.person("bea"), 2);

        await(() -> gallery.size() == 2 && holds(gallery, beas));
    }

    @Test
    void noticesAChangeWhoseMessageWasMissed() throws SQLException {
        Subject ana = people.person("ana");
        people.enrol(ana, 1);
        Gallery gallery = follow();
        assertThat(gallery.size()).isEqualTo(1);

        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            // Without triggers, so without a message: the number alone tells of it.
            statement.execute("SET session_replication_role = replica");
            statement.execute(
                    "UPDATE face_enrollments SET status = 'REVOKED', template = NULL, ended_at = enrolled_at");
            statement.execute("UPDATE gallery_head SET sequence = sequence + 1");
            statement.execute("UPDATE gallery_changes SET sequence = (SELECT sequence FROM gallery_head)");
        }

        await(() -> gallery.size() == 0);
    }

    private Gallery follow() {
        Gallery gallery = new InMemoryGallery(People.EXTRACTOR);
        feeds.add(
                GalleryFeed.open(database.dataSource(), (SqlReferences) site.references(), People.EXTRACTOR, gallery));
        return gallery;
    }

    private static boolean holds(Gallery gallery, Reference reference) {
        List<Candidate> found = gallery.search(
                reference.features(), new Gallery.Scope.Partitions(Set.of(reference.department())), 1, 0.999);
        return found.stream().map(Candidate::subject).toList().equals(List.<UUID>of(reference.subject()));
    }

    private long head() {
        return site.jdbc()
                .sql("SELECT sequence FROM gallery_head")
                .query(Long.class)
                .single();
    }

    private int listeners() {
        return owner().sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query LIKE 'LISTEN%'")
                .query(Integer.class)
                .single();
    }

    private JdbcClient owner() {
        return JdbcClient.create(database.owner());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the gallery does not follow").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
