package org.vultus.store.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.store.People;
import org.vultus.testkit.ManualClock;
import org.vultus.testkit.qdrant.QdrantDouble.Fault;

/** What a Qdrant that does not do what it should costs. */
class QdrantFaultsTest {
    private static final UUID ICU = new UUID(7, 1);
    private static final UUID LABORATORY = new UUID(7, 2);
    private static final UUID ANA = new UUID(0, 1);

    private final Doubles doubles = new Doubles();
    private final ManualClock clock = new ManualClock(People.MONDAY);
    private final QdrantConnection connection = doubles.connect(clock, null, Duration.ofMillis(200));
    private final QdrantGallery gallery = gallery(connection);

    @AfterEach
    void close() {
        connection.close();
        doubles.close();
    }

    private static QdrantGallery gallery(QdrantConnection connection) {
        return new QdrantGallery(connection, People.EXTRACTOR, Doubles.SECRET, new MemoryVersions(), () -> {});
    }

    private static Gallery.Entry ana() {
        return new Gallery.Entry(ANA, ICU, People.features(People.EXTRACTOR, 1));
    }

    @Test
    void keepsNothingButIdentifiersAndAVectorThatTellsNothing() {
        gallery.put(ana());

        assertThat(doubles.qdrant.content().points()).singleElement().satisfies(point -> {
            assertThat(point.id()).isEqualTo(ANA.toString());
            assertThat(point.payload()).containsOnlyKeys("reference", "department");
            assertThat(point.payload().get("department").getStringValue()).isEqualTo(ICU.toString());
            assertThat(point.vectors()).containsOnlyKeys("odd");
            double cosine = 0;
            float[] plain = ana().features().toArray();
            for (int i = 0; i < plain.length; i++) {
                cosine += plain[i] * point.vectors().get("odd").get(i);
            }
            assertThat(Math.abs(cosine)).isLessThan(0.3);
        });
    }

    @Test
    void isTriedAgainWhenItIsBusyForAMoment() {
        gallery.put(ana());
        doubles.qdrant.fail(Fault.UNAVAILABLE, "QueryBatch", 2);

        assertThat(gallery.search(ana().features(), Set.of(ICU), 1)).hasSize(1);
        assertThat(connection.trouble()).isEmpty();
    }

    @Test
    void silenceEndsInTimeAndThenNobodyWaits() {
        gallery.put(ana());
        doubles.qdrant.fail(Fault.SILENCE);
        for (int i = 0; i < Circuit.FAILURES; i++) {
            assertThat(connection.trouble()).isEmpty();
            assertThatThrownBy(() -> gallery.search(ana().features(), Set.of(ICU), 1))
                    .isInstanceOf(GalleryUnavailable.class)
                    .hasMessageContaining("DEADLINE_EXCEEDED");
        }
        assertThat(connection.trouble()).isPresent();
        int calls = doubles.qdrant.calls().size();

        assertThatThrownBy(() -> gallery.search(ana().features(), Set.of(ICU), 1))
                .isInstanceOf(GalleryUnavailable.class);
        assertThatThrownBy(() -> gallery.size(ICU)).isInstanceOf(GalleryUnavailable.class);

        assertThat(doubles.qdrant.calls()).as("nobody asks").hasSize(calls);
    }

    @Test
    void oneTrialAfterThePauseClosesTheCircuitAgain() {
        gallery.put(ana());
        doubles.qdrant.fail(Fault.UNAVAILABLE);
        for (int i = 0; i < Circuit.FAILURES; i++) {
            assertThatThrownBy(() -> gallery.size()).isInstanceOf(GalleryUnavailable.class);
        }
        clock.advance(Circuit.PAUSE.plusMillis(1));
        assertThatThrownBy(() -> gallery.size()).isInstanceOf(GalleryUnavailable.class);
        int calls = doubles.qdrant.calls().size();
        doubles.qdrant.recover();
        assertThatThrownBy(() -> gallery.size()).as("not yet").isInstanceOf(GalleryUnavailable.class);
        assertThat(doubles.qdrant.calls()).hasSize(calls);

        clock.advance(Circuit.PAUSE.plusMillis(1));

        assertThat(gallery.size()).isEqualTo(1);
        assertThat(connection.trouble()).isEmpty();
        assertThat(gallery.search(ana().features(), Set.of(ICU), 1)).hasSize(1);
    }

    @Test
    void halfAnAnswerIsNone() {
        gallery.put(ana());
        doubles.qdrant.fail(Fault.HALF);

        assertThatThrownBy(() -> gallery.search(ana().features(), Set.of(ICU, LABORATORY), 1))
                .isInstanceOf(GalleryUnavailable.class)
                .hasMessageContaining("1 answers to 2 questions");
        assertThatThrownBy(() -> gallery.put(ana()))
                .isInstanceOf(GalleryUnavailable.class)
                .hasMessageContaining("not done");
        assertThatThrownBy(() -> gallery.search(ana().features(), new Gallery.Scope.Subject(ANA), 1, -1))
                .isInstanceOf(GalleryUnavailable.class)
                .hasMessageContaining("without its department");

        doubles.qdrant.recover();
        clock.advance(Circuit.PAUSE.plusMillis(1));
        assertThat(gallery.search(ana().features(), Set.of(ICU, LABORATORY), 1)).hasSize(1);
    }

    @Test
    void aWrongKeyIsNotTriedASecondTimeAndIsSaid() {
        doubles.qdrant.demand("right");
        try (QdrantConnection wrong = doubles.connect(clock, "wrong", Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> gallery(wrong).put(ana()))
                    .isInstanceOf(GalleryUnavailable.class)
                    .hasMessage("Qdrant refuses the API key");
            assertThat(doubles.qdrant.calls()).hasSize(1);
            assertThat(wrong.trouble()).contains("Qdrant refuses the API key");
        }
        try (QdrantConnection right = doubles.connect(clock, "right", Duration.ofSeconds(20))) {
            gallery(right).put(ana());
            assertThat(gallery(right).size()).isEqualTo(1);
            assertThat(right.version()).isNotEmpty();
        }
    }

    @Test
    void memoryTakesOverWhereThereIsOne() {
        InMemoryGallery memory = new InMemoryGallery(People.EXTRACTOR);
        Gallery both = new QdrantOrMemory(gallery, Optional.of(memory));
        Gallery alone = new QdrantOrMemory(gallery, Optional.empty());
        both.put(ana());
        doubles.qdrant.fail(Fault.UNAVAILABLE);

        assertThat(both.search(ana().features(), Set.of(ICU), 1)).hasSize(1);
        assertThat(both.size(ICU)).isEqualTo(1);
        both.remove(ANA);
        assertThat(both.search(ana().features(), Set.of(ICU), 1)).isEmpty();
        assertThatThrownBy(() -> alone.search(ana().features(), Set.of(ICU), 1)).isInstanceOf(GalleryUnavailable.class);
        // The store counts: what cannot be written now is written by the feed.
        alone.put(ana());
        alone.remove(ANA);
    }

    @Test
    void aCollectionThatIsGoneIsNotMistakenForAnEmptyOne() {
        gallery.put(ana());
        doubles.qdrant.content().clear();

        assertThatThrownBy(() -> gallery.search(ana().features(), Set.of(ICU), 1))
                .isInstanceOf(GalleryUnavailable.class);
        assertThat(gallery.exists()).isFalse();
    }

    @Test
    void twoDepartmentsShareNoKey() {
        gallery.putAll(List.of(ana(), new Gallery.Entry(new UUID(0, 2), LABORATORY, ana().features())));

        var points = doubles.qdrant.content().points();
        double cosine = 0;
        for (int i = 0; i < 512; i++) {
            cosine += points.get(0).vectors().get("odd").get(i)
                    * points.get(1).vectors().get("odd").get(i);
        }
        assertThat(Math.abs(cosine)).isLessThan(0.3);
    }
}
