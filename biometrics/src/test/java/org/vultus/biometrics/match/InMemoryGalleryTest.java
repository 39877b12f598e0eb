package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vultus.biometrics.contract.GalleryContract;
import org.vultus.biometrics.embed.FeatureVector;

class InMemoryGalleryTest extends GalleryContract {
    private static final int DIMENSION = 160;

    @Override
    protected Gallery gallery() {
        return new InMemoryGallery(EXTRACTOR);
    }

    static List<RowScan> scans() {
        return List.of(PlainScan.INSTANCE, VectorScan.INSTANCE);
    }

    /** Enough rows that they are divided among processors, in two partitions. */
    @ParameterizedTest
    @MethodSource("scans")
    void isExactWhereTheBasisFits(RowScan scan) {
        Random random = new Random(5);
        Faces faces = new Faces(random, 20, 0.01f);
        checkAgainstFloats(new InMemoryGallery(EXTRACTOR, Optional.of(faces.basis()), 2, scan), 82_000, faces::next);
    }

    @ParameterizedTest
    @MethodSource("scans")
    void isExactWhereTheBasisDoesNotFit(RowScan scan) {
        Random random = new Random(6);
        Faces faces = new Faces(random, 20, 0.01f);
        checkAgainstFloats(
                new InMemoryGallery(EXTRACTOR, Optional.of(faces.basis()), 2, scan),
                3_000,
                () -> gaussian(random, DIMENSION));
    }

    @Test
    void isExactWithoutABasis() {
        Random random = new Random(8);
        checkAgainstFloats(new InMemoryGallery(EXTRACTOR), 3_000, () -> gaussian(random, DIMENSION));
    }

    /** Vectors with one component so large that the bytes of all the others are zeros. */
    @Test
    void isExactWhereBytesSayNothing() {
        Random random = new Random(9);
        checkAgainstFloats(new InMemoryGallery(EXTRACTOR), 2_000, () -> {
            float[] features = gaussian(random, DIMENSION).toArray();
            features[3] = 1000;
            return vector(features);
        });
    }

    @Test
    void refusesTheBasisOfAnotherExtractor() {
        EmbeddingBasis foreign = new EmbeddingBasis(FOREIGN, new float[2], new float[2], new float[][] {{1, 0}});

        assertThatThrownBy(() -> new InMemoryGallery(EXTRACTOR, Optional.of(foreign)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesFeaturesOfAnotherLength() {
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        gallery.put(new Gallery.Entry(new UUID(0, 1), ICU, vector(1, 0)));

        assertThatThrownBy(() -> gallery.put(new Gallery.Entry(new UUID(0, 2), ICU, vector(1, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gallery.searchEverywhere(vector(1, 0, 0), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Every array that can be reached from the gallery is looked through for the identifier and for each part of the packed row. */
    @Test
    void leavesNothingOfARemovedPersonInAnyArray() {
        Random random = new Random(10);
        Faces faces = new Faces(random, 20, 0.3f);
        EmbeddingBasis basis = faces.basis();
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR, Optional.of(basis), 1);
        List<FeatureVector> people = new ArrayList<>();
        // More than a block, and a growth of the arrays after the person came.
        int last = Block.ROWS + 100;
        for (int i = 0; i <= last; i++) {
            people.add(faces.next());
            gallery.put(new Gallery.Entry(new UUID(0x1234567, 1000 + i), ICU, people.get(i)));
        }
        for (int person : new int[] {3, 300, 650, 1500, last}) {
            UUID id = new UUID(0x1234567, 1000 + person);
            List<Trace> traces = traces(people.get(person), basis);
            assertThat(traces).as("the search finds what is there").allMatch(trace -> found(gallery, trace));
            assertThat(foundId(gallery, id)).isTrue();

            gallery.remove(id);

            assertThat(traces).noneMatch(trace -> found(gallery, trace));
            assertThat(foundId(gallery, id)).isFalse();
        }
        int replaced = 5;
        List<Trace> before = traces(people.get(replaced), basis);
        gallery.put(new Gallery.Entry(new UUID(0x1234567, 1000 + replaced), ICU, faces.next()));
        assertThat(before).noneMatch(trace -> found(gallery, trace));
        int moved = 6;
        before = traces(people.get(moved), basis);
        gallery.put(new Gallery.Entry(new UUID(0x1234567, 1000 + moved), LABORATORY, faces.next()));
        assertThat(before).noneMatch(trace -> found(gallery, trace));
    }

    @Test
    void tellsItsMemoryAndGivesItBack() {
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR);
        Random random = new Random(3);
        for (int i = 0; i < 1024; i++) {
            gallery.put(new Gallery.Entry(new UUID(0, i), ICU, gaussian(random, DIMENSION)));
        }
        long full = gallery.statistics().bytes();
        // 92 bytes scanned, 240 of the low bits, a scale, an identifier; and the index.
        assertThat(full).isBetween(1024L * 352, 1024L * 352 + 16_384);
        for (int i = 0; i < 1024; i++) {
            gallery.remove(new UUID(0, i));
        }
        assertThat(gallery.statistics().bytes()).isLessThan(full / 10);
        assertThat(gallery.statistics().partitions()).isEmpty();
    }

    private static void checkAgainstFloats(
            InMemoryGallery gallery, int count, java.util.function.Supplier<FeatureVector> faces) {
        List<FeatureVector> people = new ArrayList<>();
        List<Gallery.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(faces.get());
            entries.add(new Gallery.Entry(new UUID(9, i), i % 3 == 0 ? LABORATORY : ICU, people.get(i)));
        }
        // Some one after the other, the others together.
        entries.subList(0, count / 2).forEach(gallery::put);
        gallery.putAll(entries.subList(count / 2, count));
        for (int i = 0; i < 40; i++) {
            FeatureVector probe = i % 2 == 0 ? faces.get() : people.get(i * 13);
            double[] scores = new double[count];
            for (int j = 0; j < count; j++) {
                scores[j] = probe.cosine(people.get(j));
            }
            double[] sorted = scores.clone();
            Arrays.sort(sorted);

            List<Candidate> found = gallery.searchEverywhere(probe, 5);

            assertThat(subjects(found)).hasSize(5).doesNotHaveDuplicates();
            for (int k = 0; k < 5; k++) {
                double score = found.get(k).score().cosine();
                assertThat(score)
                        .isCloseTo(sorted[count - 1 - k], within(ROUNDING))
                        .isCloseTo(scores[(int) found.get(k).subject().getLeastSignificantBits()], within(ROUNDING));
            }
            double threshold = found.get(2).score().cosine() - ROUNDING;
            List<Candidate> above = gallery.search(probe, new Gallery.Scope.Everywhere(), 50, threshold);
            assertThat(subjects(above)).startsWith(subjects(found.subList(0, 3)).toArray(UUID[]::new));
            // The Vector API adds lanes in any order, which code that is compiled in between may change.
            assertThat(above.getFirst().score().cosine())
                    .isCloseTo(found.getFirst().score().cosine(), within(ROUNDING));
        }
    }

    /** Some bytes of a row, and how far apart each two of them lie in their array. */
    private record Trace(byte[] bytes, int apart) {
        int place(int i) {
            return i / Short.BYTES * apart + i % Short.BYTES;
        }
    }

    /** The bytes of the leading part with its scale and slack, of its other bits, and of the rest, as a block packs them. */
    private static List<Trace> traces(FeatureVector face, EmbeddingBasis basis) {
        Rotation rotation = Rotation.by(Optional.of(basis), DIMENSION, InMemoryGallery.LEAD);
        float[] turned = face.toArray();
        rotation.apply(turned);
        PackedRow row = new PackedRow(rotation);
        row.pack(turned, 0);
        List<Trace> traces = List.of(
                new Trace(bytesOf(row.scanned()), Short.BYTES * RowScan.TILE),
                new Trace(row.low(), Short.BYTES),
                new Trace(bytesOf(row.rest()), Short.BYTES));
        assertThat(traces).allMatch(trace -> {
            int zeros = 0;
            for (byte b : trace.bytes) {
                zeros += b == 0 ? 1 : 0;
            }
            return zeros < trace.bytes.length / 2;
        });
        return traces;
    }

    private static boolean foundId(Object root, UUID id) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return found(root, new Trace(bytes, Short.BYTES))
                || arrays(root).stream()
                        .anyMatch(array -> array instanceof Object[] objects
                                && Arrays.asList(objects).contains(id));
    }

    private static boolean found(Object root, Trace trace) {
        return arrays(root).stream().anyMatch(array -> contains(bytesOf(array), trace));
    }

    private static boolean contains(byte[] bytes, Trace trace) {
        for (int i = 0; i + trace.place(trace.bytes.length - 1) < bytes.length; i++) {
            int same = 0;
            while (same < trace.bytes.length && bytes[i + trace.place(same)] == trace.bytes[same]) {
                same++;
            }
            if (same == trace.bytes.length) {
                return true;
            }
        }
        return false;
    }

    /** As they lie in memory. */
    private static byte[] bytesOf(Object array) {
        return switch (array) {
            case byte[] bytes -> bytes;
            case short[] shorts -> MemorySegment.ofArray(shorts).toArray(ValueLayout.JAVA_BYTE);
            case int[] ints -> MemorySegment.ofArray(ints).toArray(ValueLayout.JAVA_BYTE);
            case long[] longs -> MemorySegment.ofArray(longs).toArray(ValueLayout.JAVA_BYTE);
            case float[] floats -> MemorySegment.ofArray(floats).toArray(ValueLayout.JAVA_BYTE);
            default -> new byte[0];
        };
    }

    /**
     * All arrays that can be reached through fields of this project's classes, collections, maps and references, and what memory
     * outside of the heap holds.
     */
    private static Set<Object> arrays(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> todo = new ArrayDeque<>(List.of(root));
        while (!todo.isEmpty()) {
            Object next = todo.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next.getClass().isArray()) {
                arrays.add(next);
                if (!next.getClass().getComponentType().isPrimitive()) {
                    for (int i = 0; i < Array.getLength(next); i++) {
                        Optional.ofNullable(Array.get(next, i)).ifPresent(todo::add);
                    }
                }
            }
            switch (next) {
                case Collection<?> all -> todo.addAll(all);
                case Map<?, ?> map -> {
                    todo.addAll(map.keySet());
                    todo.addAll(map.values());
                }
                case Optional<?> optional -> optional.ifPresent(todo::add);
                case MemorySegment memory -> arrays.add(memory.toArray(ValueLayout.JAVA_BYTE));
                case AtomicReference<?> reference ->
                    Optional.ofNullable(reference.get()).ifPresent(todo::add);
                default -> todo.addAll(fieldsOf(next));
            }
        }
        return arrays;
    }

    private static List<Object> fieldsOf(Object object) {
        List<Object> values = new ArrayList<>();
        if (!object.getClass().getName().startsWith("org.vultus.") || object instanceof Enum<?>) {
            return values;
        }
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                try {
                    Optional.ofNullable(field.get(object)).ifPresent(values::add);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return values;
    }

    /** Faces that differ in a few directions, and a little in all. */
    private static final class Faces {
        private final Random random;
        private final float[][] axes;
        private final float noise;

        Faces(Random random, int directions, float noise) {
            this.random = random;
            this.noise = noise;
            axes = new float[directions][];
            for (int k = 0; k < directions; k++) {
                float[] axis = gaussian(random, DIMENSION).toArray();
                for (int other = 0; other < k; other++) {
                    float dot = 0;
                    for (int i = 0; i < DIMENSION; i++) {
                        dot += axis[i] * axes[other][i];
                    }
                    for (int i = 0; i < DIMENSION; i++) {
                        axis[i] -= dot * axes[other][i];
                    }
                }
                axes[k] = vector(axis).toArray();
            }
        }

        EmbeddingBasis basis() {
            return new EmbeddingBasis(EXTRACTOR, new float[DIMENSION], new float[DIMENSION], axes);
        }

        FeatureVector next() {
            float[] features = new float[DIMENSION];
            for (float[] axis : axes) {
                float along = (float) random.nextGaussian();
                for (int i = 0; i < DIMENSION; i++) {
                    features[i] += along * axis[i] + noise * (float) random.nextGaussian() / axes.length;
                }
            }
            return vector(features);
        }
    }
}
