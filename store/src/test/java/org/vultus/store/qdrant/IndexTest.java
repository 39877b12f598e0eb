package org.vultus.store.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.enrolment.SqlReferences;
import org.vultus.store.keys.GallerySecret;
import org.vultus.store.qdrant.GalleryVerification.Findings;
import org.vultus.store.qdrant.KeyVersions.Phase;
import org.vultus.testkit.ManualClock;
import org.vultus.testkit.qdrant.QdrantContent;
import org.vultus.testkit.qdrant.QdrantDouble.Fault;

/** The collection and the store: filled, followed, compared, and under a new key. */
class IndexTest {
    /** Far more than it takes; reached only when something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String COLLECTION = QdrantGallery.collection(People.EXTRACTOR);

    private final Doubles doubles = new Doubles();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestDatabase database;
    private SqlSite site;
    private People people;
    private QdrantGallery gallery;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, new ManualClock(People.MONDAY));
        people = new People(site);
        gallery = another();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        doubles.close();
        database.close();
    }

    /** As a server that has just started has it. */
    private QdrantGallery another() {
        QdrantConnection connection = doubles.connect(Clock.systemUTC());
        opened.add(connection);
        return new QdrantGallery(
                connection,
                People.EXTRACTOR,
                new GallerySecret(site.jdbc(), site.siteKeys()).key(),
                new SqlKeyVersions(site.jdbc(), COLLECTION),
                position()::forget);
    }

    private IndexPosition position() {
        return new IndexPosition(site.jdbc(), COLLECTION);
    }

    private SqlReferences references() {
        return (SqlReferences) site.references();
    }

    private IndexFeed follow() {
        IndexFeed feed =
                IndexFeed.open(database.dataSource(), references(), People.EXTRACTOR, gallery, position(), count -> {});
        opened.add(feed);
        return feed;
    }

    private Findings verify(boolean repair) {
        return new GalleryVerification(references(), another(), People.EXTRACTOR).run(repair, Progress.NONE);
    }

    private GalleryRekeying rekeying() {
        return new GalleryRekeying(references(), another(), People.EXTRACTOR);
    }

    private List<Reference> enrol(int count) {
        List<Reference> all = new ArrayList<>();
        // Some at a time: each change updates the one row of gallery_head, whose versions pile up within a transaction.
        for (int from = 0; from < count; from += 50) {
            int first = from;
            site.work().run(() -> {
                for (int i = first; i < Math.min(count, first + 50); i++) {
                    all.add(people.enrol(people.person("p" + i), i));
                }
            });
        }
        return all;
    }

    private static List<Gallery.Entry> entries(List<Reference> references) {
        return references.stream()
                .map(each -> new Gallery.Entry(each.subject(), each.department(), each.features()))
                .toList();
    }

    private static boolean holds(Gallery gallery, Reference reference) {
        return gallery
                .search(reference.features(), new Gallery.Scope.Partitions(Set.of(reference.department())), 1, 0.999)
                .stream()
                .map(Candidate::subject)
                .toList()
                .equals(List.<UUID>of(reference.subject()));
    }

    @Test
    void isFilledAndFollowsWhatChangesAlsoAfterAnOutage() {
        List<Reference> first = enrol(3);
        follow();
        await(() -> gallery.size() == 3);
        assertThat(first).allMatch(each -> holds(gallery, each));

        doubles.qdrant.fail(Fault.UNAVAILABLE);
        Reference late = people.enrol(people.person("late"), 77);
        site.work().run(() -> site.references().revoke(first.getFirst().subject(), People.MONDAY.plusSeconds(5)));
        doubles.qdrant.recover();

        // The one may be there before the other is gone.
        await(() -> quietly(() -> gallery.size() == 3 && holds(gallery, late) && !holds(gallery, first.getFirst())));
    }

    @Test
    void aStartWritesNobodyASecondTimeAndALostCollectionIsFilledAgain() {
        List<Reference> all = enrol(3);
        // Before the fill: consent is a change of its own, and would write somebody a second time.
        Subject newcomer = people.person("late");
        IndexFeed feed = follow();
        await(() -> gallery.size() == 3 && position().find().isPresent());
        feed.close();
        int upserts = upserts();

        follow();
        Reference late = people.enrol(newcomer, 77);
        await(() -> holds(gallery, late));
        assertThat(upserts()).as("the new one alone").isEqualTo(upserts + 1);

        doubles.qdrant.content().clear();
        await(() -> quietly(() -> gallery.size() == 4));
        assertThat(all).allMatch(each -> holds(gallery, each));
    }

    private int upserts() {
        return (int) doubles.qdrant.calls().stream().filter("Upsert"::equals).count();
    }

    @Test
    void verificationFindsAndRepairsWhateverIsWrong() {
        List<Reference> all = enrol(9);
        gallery.putAll(entries(all));
        assertThat(verify(false)).isEqualTo(new Findings(9, 0, 0, 0, 0));

        QdrantContent content = doubles.qdrant.content();
        content.remove(COLLECTION, List.of(all.get(0).subject().toString()));
        // The vector of somebody else, a vector of a version that is not in use, and another department's.
        QdrantContent.Point one = point(all.get(1));
        content.put(COLLECTION, one.with(point(all.get(2)).vectors()));
        QdrantContent.Point three = point(all.get(3));
        content.put(
                COLLECTION,
                three.with(Map.of(
                        "odd",
                        three.vectors().get("odd"),
                        "even",
                        three.vectors().get("odd"))));
        gallery.put(new Gallery.Entry(
                all.get(4).subject(), new UUID(7, 7), all.get(4).features()));
        gallery.put(
                new Gallery.Entry(UUID.randomUUID(), all.get(4).department(), People.features(People.EXTRACTOR, 99)));

        Findings seen = verify(false);
        assertThat(seen).isEqualTo(new Findings(9, 1, 3, 1, 0));
        assertThat(seen.clean()).isFalse();
        assertThat(verify(false)).as("looking changes nothing").isEqualTo(seen);

        assertThat(verify(true)).isEqualTo(new Findings(9, 1, 3, 1, 5));
        assertThat(verify(false)).isEqualTo(new Findings(9, 0, 0, 0, 0));
        assertThat(all).allMatch(each -> holds(gallery, each));
    }

    private QdrantContent.Point point(Reference reference) {
        return doubles.qdrant.content().points(COLLECTION).stream()
                .filter(point -> point.id().equals(reference.subject().toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNewKeyReplacesEveryVectorAndFindsEverybody() {
        List<Reference> all = enrol(300);
        gallery.putAll(entries(all));
        UUID department = all.getFirst().department();
        List<Float> before = point(all.get(5)).vectors().get("odd");
        AtomicInteger heard = new AtomicInteger();

        assertThat(rekeying().run(department, (done, total) -> heard.incrementAndGet()))
                .isEqualTo(2);

        assertThat(heard.get()).isGreaterThanOrEqualTo(2);
        assertThat(doubles.qdrant.content().points(COLLECTION))
                .hasSize(300)
                .allSatisfy(point -> assertThat(point.vectors()).containsOnlyKeys("even"));
        assertThat(dot(before, point(all.get(5)).vectors().get("even"))).isBetween(-0.3, 0.3);
        assertThat(all).allMatch(each -> holds(gallery, each));
        assertThat(verify(false).clean()).isTrue();
        // And once more, into the slot that is free again.
        assertThat(rekeying().run(department, Progress.NONE)).isEqualTo(3);
        assertThat(all).allMatch(each -> holds(gallery, each));
    }

    private static double dot(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i) * other.get(i);
        }
        return sum;
    }

    @Test
    void whatIsKilledInTheMiddleGoesOnWhereItWas() {
        List<Reference> all = enrol(300);
        gallery.putAll(entries(all.subList(0, 150)));
        gallery.putAll(entries(all.subList(150, 300)));
        UUID department = all.getFirst().department();
        for (String call : List.of("UpdateVectors", "DeleteVectors")) {
            AtomicInteger calls = new AtomicInteger();
            doubles.qdrant.beforeCall(name -> {
                if (name.equals(call) && (call.equals("DeleteVectors") || calls.incrementAndGet() > 1)) {
                    throw new Killed();
                }
            });
            assertThatThrownBy(() -> rekeying().run(department, Progress.NONE)).isInstanceOf(GalleryUnavailable.class);
            doubles.qdrant.beforeCall(name -> {});

            assertThat(rekeying().unfinished(department)).isTrue();
            assertThat(all).as("everybody is found meanwhile").allMatch(each -> holds(gallery, each));
            assertThat(verify(false).clean()).isTrue();
        }
        List<String> before = doubles.qdrant.calls();

        assertThat(rekeying().run(department, Progress.NONE)).isEqualTo(2);

        assertThat(doubles.qdrant
                        .calls()
                        .subList(before.size(), doubles.qdrant.calls().size()))
                .as("nobody is copied a second time")
                .doesNotContain("UpdateVectors", "Upsert");
        assertThat(rekeying().unfinished(department)).isFalse();
        assertThat(all).allMatch(each -> holds(gallery, each));
        assertThat(verify(false)).isEqualTo(new Findings(300, 0, 0, 0, 0));
    }

    /** In place of a process that ends. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void peopleSignInEnrolAndGoWhileTheKeyChanges() throws Exception {
        List<Reference> all = enrol(400);
        gallery.putAll(entries(all));
        UUID department = all.getFirst().department();
        List<Reference> newcomers = new ArrayList<>();
        List<Subject> registered = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            registered.add(people.person("new" + i));
        }
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger searches = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int offset = 100 * t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; running.get() || i == 0; i++) {
                    Reference somebody = all.get(100 + (offset + i) % 300);
                    if (!holds(gallery, somebody)) {
                        failure.compareAndSet(null, new AssertionError("not found: " + somebody.subject()));
                    }
                    searches.incrementAndGet();
                }
            }));
        }
        // A server of its own, which reads the state of the key as the other one does.
        QdrantGallery elsewhere = another();
        threads.add(Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20; i++) {
                Reference newcomer = people.enrol(registered.get(i), 1000 + i);
                elsewhere.putAll(entries(List.of(newcomer)));
                newcomers.add(newcomer);
                elsewhere.remove(all.get(i).subject());
                Reference again = new Reference(
                        all.get(50 + i).enrolment(),
                        all.get(50 + i).subject(),
                        department,
                        People.features(People.EXTRACTOR, 2000 + i));
                elsewhere.putAll(entries(List.of(again)));
            }
        }));
        int version = 0;
        for (int i = 0; i < 3; i++) {
            version = rekeying().run(department, Progress.NONE);
        }
        threads.getLast().join();
        running.set(false);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(searches.get()).isPositive();
        assertThat(version).isEqualTo(4);
        assertThat(newcomers).hasSize(20).allMatch(each -> holds(gallery, each));
        for (int i = 0; i < 20; i++) {
            assertThat(holds(gallery, all.get(i))).isFalse();
            assertThat(gallery.search(People.features(People.EXTRACTOR, 2000 + i), Set.of(department), 1))
                    .first()
                    .satisfies(found -> assertThat(found.score().cosine()).isGreaterThan(0.999));
        }
        assertThat(doubles.qdrant.content().points(COLLECTION))
                .hasSize(400)
                .allSatisfy(point -> assertThat(point.vectors()).containsOnlyKeys("even"));
        assertThat(new SqlKeyVersions(site.jdbc(), COLLECTION).of(department).phase())
                .isEqualTo(Phase.STEADY);
    }

    @Test
    void theSecretOutlivesARotationOfTheSiteKey() {
        GallerySecret secret = new GallerySecret(site.jdbc(), site.siteKeys());
        byte[] before = secret.key().getEncoded();
        site.siteKeys().addKey(site.jdbc());
        assertThat(site.siteKeys().disableOldKeys(site.jdbc()))
                .as("it is needed")
                .isFalse();

        secret.rewrap();

        assertThat(site.siteKeys().disableOldKeys(site.jdbc())).isTrue();
        assertThat(new GallerySecret(site.jdbc(), site.siteKeys()).key().getEncoded())
                .isEqualTo(before);
    }

    private static boolean quietly(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (GalleryUnavailable e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!quietly(condition)) {
            assertThat(System.nanoTime()).as("the index does not follow").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
