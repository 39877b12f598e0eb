package org.vultus.biometrics.contract;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.match.Gallery;

/** What every {@link Gallery} must do. Scores may differ from those of the floats by what an implementation's rows round. */
public abstract class GalleryContract {
    protected static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    protected static final ExtractorId FOREIGN = new ExtractorId("cd".repeat(32));
    protected static final UUID ICU = new UUID(7, 1);
    protected static final UUID LABORATORY = new UUID(7, 2);
    protected static final UUID NOWHERE = new UUID(7, 3);
    protected static final double ROUNDING = 3e-5;

    /** For how long writers go round, for a run of its own; by default they go round {@link #rounds()} times. */
    private static final int SECONDS = Integer.getInteger("vultus.contract.seconds", 0);

    /** How many times each of fifty writers goes round. */
    protected int rounds() {
        return 30;
    }

    /** An empty gallery of {@link #EXTRACTOR}. */
    protected abstract Gallery gallery();

    @Test
    void findsWhatACompleteComparisonFindsWithTies() {
        Random random = new Random(2026);
        compareWithAModel(random, 300, () -> {
            float[] features = new float[4];
            for (int i = 0; i < 4; i++) {
                features[i] = random.nextInt(3) - 1;
            }
            features[random.nextInt(4)] += 3;
            return vector(features);
        });
    }

    @Test
    void findsWhatACompleteComparisonFindsInLongVectors() {
        Random random = new Random(7);
        compareWithAModel(random, 300, () -> gaussian(random, 67));
    }

    @Test
    void findsNobodyBelowTheThreshold() {
        Gallery gallery = gallery();
        UUID ana = new UUID(0, 1);
        UUID bea = new UUID(0, 2);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));
        gallery.put(new Gallery.Entry(bea, LABORATORY, vector(0.6f, 0.8f)));
        FeatureVector probe = vector(1, 0);

        assertThat(subjects(gallery.search(probe, new Gallery.Scope.Everywhere(), 9, 0.61)))
                .containsExactly(ana);
        assertThat(subjects(gallery.search(probe, new Gallery.Scope.Everywhere(), 9, 0.59)))
                .containsExactly(ana, bea);
        assertThat(gallery.search(vector(-1, 0), new Gallery.Scope.Everywhere(), 9, 0))
                .isEmpty();
        assertThat(gallery.search(vector(-1, 0), new Gallery.Scope.Everywhere(), 9, -1))
                .hasSize(2);
    }

    @Test
    void looksAtOneSubjectAlone() {
        Gallery gallery = gallery();
        UUID ana = new UUID(0, 1);
        UUID bea = new UUID(0, 2);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));
        gallery.put(new Gallery.Entry(bea, ICU, vector(0.6f, 0.8f)));
        FeatureVector probe = vector(1, 0);

        List<Candidate> found = gallery.search(probe, new Gallery.Scope.Subject(bea), 9, -1);
        assertThat(subjects(found)).containsExactly(bea);
        assertThat(found.getFirst().score().cosine()).isCloseTo(0.6, within(ROUNDING));
        assertThat(gallery.search(probe, new Gallery.Scope.Subject(bea), 9, 0.7))
                .isEmpty();
        assertThat(gallery.search(probe, new Gallery.Scope.Subject(new UUID(0, 3)), 9, -1))
                .isEmpty();
    }

    @Test
    void looksOnlyIntoThePartitionsThatAreNamed() {
        Gallery gallery = gallery();
        FeatureVector face = vector(1, 0);
        UUID ana = new UUID(0, 1);
        UUID bea = new UUID(0, 2);
        gallery.put(new Gallery.Entry(ana, ICU, face));
        gallery.put(new Gallery.Entry(bea, LABORATORY, face));

        assertThat(subjects(gallery.search(face, Set.of(ICU), 9))).containsExactly(ana);
        assertThat(subjects(gallery.search(face, Set.of(LABORATORY), 9))).containsExactly(bea);
        assertThat(gallery.search(face, Set.of(NOWHERE), 9)).isEmpty();
        assertThat(gallery.search(face, Set.of(), 9)).isEmpty();
        assertThat(gallery.searchEverywhere(face, 9)).hasSize(2);
        assertThat(gallery.statistics().partitions()).isEqualTo(Map.of(ICU, 1, LABORATORY, 1));
        assertThat(gallery.statistics().references()).isEqualTo(2);
        assertThat(gallery.statistics().extractor()).isEqualTo(EXTRACTOR);
    }

    @Test
    void takesManyAsOneAfterTheOther() {
        Gallery gallery = gallery();
        Random random = new Random(4);
        List<Gallery.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            entries.add(new Gallery.Entry(new UUID(0, i), i % 2 == 0 ? ICU : LABORATORY, gaussian(random, 67)));
        }
        gallery.put(new Gallery.Entry(new UUID(0, 5), LABORATORY, gaussian(random, 67)));
        gallery.put(new Gallery.Entry(new UUID(0, 6), LABORATORY, gaussian(random, 67)));

        gallery.putAll(List.of());
        gallery.putAll(entries);

        assertThat(gallery.size(ICU)).isEqualTo(51);
        assertThat(gallery.size(LABORATORY)).isEqualTo(50);
        for (Gallery.Entry entry : entries) {
            Candidate found = gallery.search(entry.features(), Set.of(entry.partition()), 1)
                    .getFirst();
            assertThat(found.subject()).isEqualTo(entry.subject());
            assertThat(found.score().cosine()).isCloseTo(1, within(ROUNDING));
        }
        assertThatThrownBy(() -> gallery.putAll(List.of(
                        new Gallery.Entry(new UUID(0, 1), ICU, gaussian(random, 67)),
                        new Gallery.Entry(new UUID(0, 2), ICU, FeatureVector.normalised(FOREIGN, new float[] {1, 0})))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasEachPersonOnceEvenAfterAMove() {
        Gallery gallery = gallery();
        UUID ana = new UUID(0, 1);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));

        gallery.put(new Gallery.Entry(ana, LABORATORY, vector(0, 1)));

        assertThat(gallery.search(vector(1, 0), Set.of(ICU), 9)).isEmpty();
        assertThat(gallery.size(ICU)).isZero();
        List<Candidate> found = gallery.searchEverywhere(vector(0, 1), 9);
        assertThat(subjects(found)).containsExactly(ana);
        assertThat(found.getFirst().score().cosine()).isCloseTo(1, within(ROUNDING));
        gallery.remove(ana);
        gallery.remove(ana);
        assertThat(gallery.size()).isZero();
        assertThat(gallery.searchEverywhere(vector(0, 1), 9)).isEmpty();
    }

    @Test
    void refusesFeaturesOfAnotherExtractor() {
        Gallery gallery = gallery();
        UUID ana = new UUID(0, 1);
        gallery.put(new Gallery.Entry(ana, ICU, vector(1, 0)));
        FeatureVector foreign = FeatureVector.normalised(FOREIGN, new float[] {1, 0});

        assertThatThrownBy(() -> gallery.put(new Gallery.Entry(ana, ICU, foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.search(foreign, Set.of(ICU), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.searchEverywhere(foreign, 1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(subjects(gallery.searchEverywhere(vector(1, 0), 1))).containsExactly(ana);
    }

    @Test
    void refusesALimitOfNone() {
        assertThatThrownBy(() -> gallery().search(vector(1, 0), Set.of(ICU), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Everybody has one of two faces at any time, with scores of 1 and 1/8: a mixture would have another score. */
    @Test
    void neverShowsHalfOfAnEntryToASearch() throws InterruptedException, ExecutionException {
        float[] first = new float[64];
        first[0] = 1;
        float[] even = new float[64];
        Arrays.fill(even, 1);
        FeatureVector one = vector(first);
        FeatureVector other = vector(even);
        Gallery gallery = gallery();
        gallery.put(new Gallery.Entry(new UUID(0, 0), ICU, one));
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(writer);
                running.add(threads.submit(() -> {
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
                    for (int i = 0; i < 2000; i++) {
                        List<Candidate> found = gallery.search(one, Set.of(ICU), 100);
                        assertThat(found)
                                .isSortedAccordingTo(
                                        Comparator.comparing(Candidate::score).reversed())
                                .extracting(Candidate::subject)
                                .doesNotHaveDuplicates();
                        assertThat(found)
                                .allMatch(c -> Math.abs(c.score().cosine() - 1) < ROUNDING
                                        || Math.abs(c.score().cosine() - 0.125) < ROUNDING);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        assertThat(gallery.search(one, Set.of(ICU), 100)).hasSize(gallery.size());
    }

    /**
     * Fifty writers, each with people of their own who come, change, move and go, and fifty readers who look for people that
     * are always there (some of whom move all the time) and for people who never come back. {@code -Dvultus.contract.seconds=60} lets
     * them go on for a minute.
     */
    @Test
    void losesNobodyAndKeepsNoGhostUnderAHundredThreads() throws InterruptedException, ExecutionException {
        Gallery gallery = gallery();
        Random seeds = new Random(11);
        int each = 24;
        List<FeatureVector> faces = new ArrayList<>();
        for (int i = 0; i < 50 * each + 20; i++) {
            faces.add(gaussian(seeds, 48));
        }
        UUID[] wards = {ICU, LABORATORY};
        // The first ten stay, the next ten are gone before anybody looks.
        for (int i = 0; i < 20; i++) {
            gallery.put(new Gallery.Entry(new UUID(1, i), wards[i % 2], faces.get(i)));
        }
        for (int i = 10; i < 20; i++) {
            gallery.remove(new UUID(1, i));
        }
        CountDownLatch start = new CountDownLatch(1);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
            for (int w = 0; w < 50; w++) {
                int writer = w;
                Random random = new Random(w);
                writers.add(threads.submit(() -> {
                    start.await();
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                    for (int round = 0; SECONDS > 0 ? System.nanoTime() < end : round < rounds(); round++) {
                        for (int i = 0; i < each; i++) {
                            int person = 20 + writer * each + i;
                            UUID id = new UUID(1, person);
                            gallery.put(new Gallery.Entry(id, wards[random.nextInt(2)], faces.get(person)));
                            if (random.nextInt(3) == 0) {
                                gallery.remove(new UUID(1, 20 + writer * each + random.nextInt(each)));
                            }
                        }
                        if (writer < 10) {
                            // One of those who stay goes to the other ward.
                            gallery.put(new Gallery.Entry(
                                    new UUID(1, writer), wards[random.nextInt(2)], faces.get(writer)));
                        }
                    }
                    // In the end every other one of this writer's people is there.
                    for (int i = 0; i < each; i++) {
                        int person = 20 + writer * each + i;
                        if (i % 2 == 0) {
                            gallery.put(new Gallery.Entry(new UUID(1, person), wards[i / 2 % 2], faces.get(person)));
                        } else {
                            gallery.remove(new UUID(1, person));
                        }
                    }
                    return null;
                }));
            }
            for (int r = 0; r < 50; r++) {
                Random random = new Random(1000 + r);
                readers.add(threads.submit(() -> {
                    start.await();
                    do {
                        int stays = random.nextInt(10);
                        assertThat(subjects(gallery.searchEverywhere(faces.get(stays), 1)))
                                .as("always there")
                                .containsExactly(new UUID(1, stays));
                        int gone = 10 + random.nextInt(10);
                        assertThat(subjects(gallery.searchEverywhere(faces.get(gone), 5)))
                                .as("gone")
                                .doesNotContain(new UUID(1, gone));
                    } while (writing.get());
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(gallery.size()).isEqualTo(10 + 50 * each / 2);
        assertThat(gallery.size(ICU) + gallery.size(LABORATORY)).isEqualTo(gallery.size());
        SoftAssertions softly = new SoftAssertions();
        for (int person = 20; person < faces.size(); person++) {
            boolean there = (person - 20) % each % 2 == 0;
            List<Candidate> found = gallery.search(faces.get(person), new Gallery.Scope.Everywhere(), 2, 1 - ROUNDING);
            softly.assertThat(subjects(found)).isEqualTo(there ? List.of(new UUID(1, person)) : List.of());
        }
        softly.assertAll();
    }

    private void compareWithAModel(Random random, int steps, Supplier<FeatureVector> features) {
        Gallery gallery = gallery();
        Map<UUID, Gallery.Entry> entries = new HashMap<>();
        for (int step = 0; step < steps; step++) {
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
            Set<UUID> where = somewhere(random);
            FeatureVector probe = features.get();
            int limit = 1 + random.nextInt(8);

            List<Candidate> found = gallery.search(probe, where, limit);

            List<Candidate> expected = entries.values().stream()
                    .filter(entry -> where.contains(entry.partition()))
                    .map(entry -> new Candidate(entry.subject(), ComparisonScore.of(probe, entry.features())))
                    .sorted(Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::subject))
                    .limit(limit)
                    .toList();
            assertThat(found).hasSameSizeAs(expected);
            assertThat(subjects(found)).doesNotHaveDuplicates();
            for (int i = 0; i < found.size(); i++) {
                Gallery.Entry own = entries.get(found.get(i).subject());
                assertThat(where).contains(own.partition());
                assertThat(found.get(i).score().cosine())
                        .isCloseTo(expected.get(i).score().cosine(), within(ROUNDING))
                        .isCloseTo(probe.cosine(own.features()), within(ROUNDING));
            }
            assertThat(gallery.size()).isEqualTo(entries.size());
            for (UUID partition : new UUID[] {ICU, LABORATORY, NOWHERE}) {
                assertThat((long) gallery.size(partition))
                        .isEqualTo(entries.values().stream()
                                .filter(entry -> entry.partition().equals(partition))
                                .count());
            }
        }
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

    protected static List<UUID> subjects(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::subject).toList();
    }

    protected static FeatureVector vector(float... features) {
        return FeatureVector.normalised(EXTRACTOR, features);
    }

    protected static FeatureVector gaussian(Random random, int dimension) {
        float[] features = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return FeatureVector.normalised(EXTRACTOR, features);
    }
}
