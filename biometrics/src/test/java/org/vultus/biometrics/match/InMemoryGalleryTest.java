package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

class InMemoryGalleryTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final ExtractorId FOREIGN = new ExtractorId("cd".repeat(32));
    private static final UUID ICU = new UUID(7, 1);
    private static final UUID LABORATORY = new UUID(7, 2);
    private static final UUID NOWHERE = new UUID(7, 3);

    /** Few directions, so that many people have the same score, and four features, which every order of adding sums alike. */
    @Property(seed = "2026", tries = 60)
    void findsWhatACompleteComparisonFindsWithTies(@ForAll Random random) {
        Model model = new Model(() -> {
            float[] features = new float[4];
            for (int i = 0; i < 4; i++) {
                features[i] = random.nextInt(3) - 1;
            }
            features[random.nextInt(4)] += 3;
            return FeatureVector.normalised(EXTRACTOR, features);
        });
        for (int step = 0; step < 150; step++) {
            model.change(random);
            Set<UUID> where = somewhere(random);
            FeatureVector probe = model.features.get();
            int limit = 1 + random.nextInt(8);

            assertThat(model.gallery.search(probe, where, limit)).isEqualTo(model.search(probe, where, limit));
        }
        model.checkSizes();
    }

    @Property(seed = "2026", tries = 20)
    void findsWhatACompleteComparisonFindsInLongVectors(@ForAll Random random) {
        Model model = new Model(() -> gaussian(random, 67));
        for (int step = 0; step < 100; step++) {
            model.change(random);
            FeatureVector probe = model.features.get();

            List<Candidate> found = model.gallery.searchEverywhere(probe, 5);

            List<Candidate> expected = model.search(probe, Set.of(ICU, LABORATORY), 5);
            assertThat(found)
                    .extracting(Candidate::subject)
                    .containsExactlyElementsOf(
                            expected.stream().map(Candidate::subject).toList());
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).score().cosine())
                        .isCloseTo(expected.get(i).score().cosine(), within(1e-12));
            }
        }
        model.checkSizes();
    }

    @Test
    void looksOnlyIntoThePartitionsThatAreNamed() {
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        FeatureVector face = vector(1, 0);
        UUID ana = new UUID(0, 1);
        UUID bea = new UUID(0, 2);
        gallery.put(new Gallery.Entry(ana, ICU, face));
        gallery.put(new Gallery.Entry(bea, LABORATORY, face));

        assertThat(gallery.search(face, Set.of(ICU), 9))
                .extracting(Candidate::subject)
                .containsExactly(ana);
        assertThat(gallery.search(face, Set.of(LABORATORY), 9))
                .extracting(Candidate::subject)
                .containsExactly(bea);
        assertThat(gallery.search(face, Set.of(NOWHERE), 9)).isEmpty();
        assertThat(gallery.search(face, Set.of(), 9)).isEmpty();
        assertThat(gallery.searchEverywhere(face, 9)).hasSize(2);
    }

    @Test
    void hasEachPersonOnceEvenAfterAMove() {
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        UUID ana = new UUID(0, 1);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));

        gallery.put(new Gallery.Entry(ana, LABORATORY, vector(0, 1)));

        assertThat(gallery.search(vector(1, 0), Set.of(ICU), 9)).isEmpty();
        assertThat(gallery.size(ICU)).isZero();
        assertThat(gallery.searchEverywhere(vector(0, 1), 9))
                .containsExactly(new Candidate(ana, new ComparisonScore(1)));
        gallery.remove(ana);
        gallery.remove(ana);
        assertThat(gallery.size()).isZero();
    }

    @Test
    void refusesFeaturesOfAnotherExtractor() {
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        UUID ana = new UUID(0, 1);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));
        FeatureVector foreign = FeatureVector.normalised(FOREIGN, new float[] {1, 0});

        assertThatThrownBy(() -> gallery.put(new Gallery.Entry(ana, ICU, foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.search(foreign, Set.of(ICU), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.searchEverywhere(foreign, 1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(gallery.searchEverywhere(vector(1, 0), 1))
                .containsExactly(new Candidate(ana, new ComparisonScore(1)));
    }

    @Test
    void refusesALimitOfNone() {
        assertThatThrownBy(() -> new InMemoryGallery(EXTRACTOR).search(vector(1, 0), Set.of(ICU), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Everybody has one of two faces at any time, with scores of 1 and 1/8: a mixture would have another score. */
    @Test
    void neverShowsHalfOfAnEntryToASearch() throws InterruptedException, ExecutionException {
        float[] first = new float[64];
        first[0] = 1;
        float[] even = new float[64];
        Arrays.fill(even, 1);
        FeatureVector one = FeatureVector.normalised(EXTRACTOR, first);
        FeatureVector other = FeatureVector.normalised(EXTRACTOR, even);
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(writer);
                running.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 4000; i++) {
                        UUID subject = new UUID(0, random.nextInt(40));
                        if (random.nextInt(4) == 0) {
                            gallery.remove(subject);
                        } else {
                            gallery.put(new Gallery.Entry(subject, ICU, random.nextBoolean() ? one : other));
                        }
                    }
                    return null;
                }));
            }
            for (int reader = 0; reader < 2; reader++) {
                running.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 2000; i++) {
                        List<Candidate> found = gallery.search(one, Set.of(ICU), 100);
                        assertThat(found)
                                .isSortedAccordingTo(
                                        Comparator.comparing(Candidate::score).reversed())
                                .extracting(Candidate::subject)
                                .doesNotHaveDuplicates();
                        assertThat(found)
                                .allMatch(c ->
                                        c.score().cosine() == 1 || c.score().cosine() == 0.125);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : running) {
                each.get();
            }
        }
        assertThat(gallery.search(one, Set.of(ICU), 100)).hasSize(gallery.size());
    }

    private static Set<UUID> somewhere(Random random) {
        Set<UUID> where = new HashSet<>();
        for (UUID partition : new UUID[] {ICU, LABORATORY, NOWHERE}) {
            if (random.nextInt(3) > 0) {
                where.add(partition);
            }
        }
        return where;
    }

    private static FeatureVector vector(float... features) {
        return FeatureVector.normalised(EXTRACTOR, features);
    }

    private static FeatureVector gaussian(Random random, int dimension) {
        float[] features = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return FeatureVector.normalised(EXTRACTOR, features);
    }

    private interface Features {
        FeatureVector get();
    }

    /** A gallery beside the list of what should be in it. */
    private static final class Model {
        private final InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        private final Map<UUID, Gallery.Entry> entries = new HashMap<>();
        private final Features features;

        Model(Features features) {
            this.features = features;
        }

        void change(Random random) {
            UUID subject = new UUID(0, random.nextInt(45));
            if (random.nextInt(3) == 0) {
                gallery.remove(subject);
                entries.remove(subject);
            } else {
                Gallery.Entry entry =
                        new Gallery.Entry(subject, random.nextInt(3) == 0 ? LABORATORY : ICU, features.get());
                gallery.put(entry);
                entries.put(subject, entry);
            }
        }

        List<Candidate> search(FeatureVector probe, Set<UUID> where, int limit) {
            return entries.values().stream()
                    .filter(entry -> where.contains(entry.partition()))
                    .map(entry -> new Candidate(entry.subject(), ComparisonScore.of(probe, entry.features())))
                    .sorted(Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::subject))
                    .limit(limit)
                    .toList();
        }

        void checkSizes() {
            assertThat(gallery.size()).isEqualTo(entries.size());
            for (UUID partition : new UUID[] {ICU, LABORATORY, NOWHERE}) {
                assertThat((long) gallery.size(partition))
                        .isEqualTo(entries.values().stream()
                                .filter(entry -> entry.partition().equals(partition))
                                .count());
            }
        }
    }
}
