package org.vultus.store.qdrant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.crypto.SecretKey;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.CancellableTransform;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.qdrant.KeyVersions.State;

/**
 * A {@link Gallery} in a collection of Qdrant. Vectors leave under the key of their department; a search asks each department of
 * its scope under that department's key, in one call. Scores are those of floats, but among many thousands the best may be missed:
 * the graph is approximate. While a department's key changes, its references are written and searched under both versions; who
 * reads the state too early notices, and does it again.
 *
 * <p>A search over several departments waits for writers of this process when it cannot do without, so that it misses nobody who moves
 * between two of them. Somebody whom another server moves in that very moment may be missed once. Safe for several threads.
 */
public final class QdrantGallery implements Gallery {
    private static final int RETRIES = 3;

    /** Rounding of Qdrant's floats, by which a score may seem to be below the threshold. */
    private static final double ROUNDING = 1e-5;

    private final QdrantIndex index;
    private final ExtractorId extractor;
    private final SecretKey secret;
    private final KeyVersions versions;
    private final Runnable onCreation;
    private final Map<KeyName, CancellableTransform> transforms = new ConcurrentHashMap<>();

    /** Held by whoever writes together with others; alone by a search that cannot have anybody move. */
    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();

    private final AtomicLong started = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    private record KeyName(UUID department, int version, int dimension) {}

    /**
     * @param secret from which the keys of the departments are derived
     * @param onCreation is told when the collection is not there and is made: whatever was in it is gone
     */
    public QdrantGallery(
            QdrantConnection qdrant,
            ExtractorId extractor,
            SecretKey secret,
            KeyVersions versions,
            Runnable onCreation) {
        this.index = new QdrantIndex(qdrant, collection(extractor));
        this.extractor = extractor;
        this.secret = secret;
        this.versions = versions;
        this.onCreation = onCreation;
    }

    /** The name of the collection of an extractor's references. */
    public static String collection(ExtractorId extractor) {
        return "vultus-" + extractor.sha256();
    }

    QdrantIndex index() {
        return index;
    }

    KeyVersions versions() {
        return versions;
    }

    /** The transform of a department under a version of its key, for vectors of the collection's length. */
    CancellableTransform transform(UUID department, int version, int dimension) {
        return transforms.computeIfAbsent(
                new KeyName(department, version, dimension),
                name -> CancellableTransform.of(secret, department, version, extractor, dimension));
    }

    /** Whether there is a collection; without one nobody is found. */
    boolean exists() {
        return index.dimension() > 0;
    }

    @Override
    public void put(Entry entry) {
        putAll(List.of(entry));
    }

    /** In one call. */
    @Override
    public void putAll(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        int dimension = entries.getFirst().features().dimension();
        entries.forEach(entry -> require(entry.features(), dimension));
        moving.readLock().lock();
        started.incrementAndGet();
        try {
            requireCollection(dimension);
            Map<UUID, State> before = versions.all();
            while (true) {
                Map<UUID, State> state = before;
                index.upsert(entries.stream()
                        .map(entry -> point(entry, state.getOrDefault(entry.partition(), State.FIRST)))
                        .toList());
                // Whoever changes the key meanwhile does not look at what was written before the change began again.
                Map<UUID, State> after = versions.all();
                if (entries.stream().allMatch(entry -> same(entry.partition(), state, after))) {
                    return;
                }
                before = after;
            }
        } catch (QdrantConnection.NotFound e) {
            throw gone(e);
        } finally {
            finished.incrementAndGet();
            moving.readLock().unlock();
        }
    }

    private void requireCollection(int dimension) {
        int existing = index.dimension();
        if (existing == 0) {
            // Before: a server that ends in between has then promised too much work, and not too little.
            onCreation.run();
            index.create(size(dimension));
        } else if (existing != size(dimension)) {
            throw new IllegalArgumentException(dimension + " features in a collection of " + existing);
        }
    }

    private QdrantIndex.Point point(Entry entry, State state) {
        Map<String, float[]> vectors = new HashMap<>();
        for (int version : state.live()) {
            vectors.put(
                    QdrantIndex.slot(version),
                    transform(entry.partition(), version, entry.features().dimension())
                            .apply(entry.features())
                            .toArray());
        }
        return new QdrantIndex.Point(entry.subject(), entry.partition(), vectors);
    }

    @Override
    public void remove(UUID subject) {
        if (!exists()) {
            return;
        }
        try {
            index.delete(subject);
        } catch (QdrantConnection.NotFound e) {
            throw gone(e);
        }
    }

    @Override
    public List<Candidate> search(FeatureVector probe, Scope scope, int limit, double threshold) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit);
        }
        if (!probe.extractor().equals(extractor)) {
            throw new IllegalArgumentException("features of another extractor");
        }
        int existing = index.dimension();
        if (existing == 0) {
            return List.of();
        }
        if (existing != size(probe.dimension())) {
            throw new IllegalArgumentException(probe.dimension() + " features in a collection of " + existing);
        }
        try {
            return switch (scope) {
                case Scope.Partitions(Set<UUID> ids) -> search(probe, ids, limit, threshold);
                case Scope.Everywhere() -> search(probe, index.departments().keySet(), limit, threshold);
                case Scope.Subject(UUID id) -> compare(probe, id, threshold);
            };
        } catch (QdrantConnection.NotFound e) {
            throw gone(e);
        }
    }

    private List<Candidate> search(FeatureVector probe, Set<UUID> departments, int limit, double threshold) {
        for (int i = 0; i < RETRIES; i++) {
            long done = finished.get();
            long begun = started.get();
            Map<UUID, State> states = versions.all();
            List<Candidate> found = ask(probe, departments, states, limit, threshold);
            Map<UUID, State> after = versions.all();
            if (departments.stream().allMatch(each -> same(each, states, after))
                    && (departments.size() < 2 || (done == begun && started.get() == begun))) {
                return found;
            }
        }
        moving.writeLock().lock();
        try {
            return ask(probe, departments, versions.all(), limit, threshold);
        } finally {
            moving.writeLock().unlock();
        }
    }

    private List<Candidate> ask(
            FeatureVector probe, Collection<UUID> departments, Map<UUID, State> states, int limit, double threshold) {
        List<QdrantIndex.Query> queries = new ArrayList<>();
        Float least = threshold <= -1 ? null : (float) (threshold - ROUNDING);
        for (UUID department : departments) {
            for (int version : states.getOrDefault(department, State.FIRST).live()) {
                float[] vector = transform(department, version, probe.dimension())
                        .apply(probe)
                        .toArray();
                queries.add(new QdrantIndex.Query(department, QdrantIndex.slot(version), vector, limit, least));
            }
        }
        if (queries.isEmpty()) {
            return List.of();
        }
        Map<UUID, Double> best = new HashMap<>();
        for (List<QdrantIndex.Hit> hits : index.query(queries)) {
            hits.forEach(hit -> best.merge(hit.id(), hit.score(), Math::max));
        }
        return best.entrySet().stream()
                .filter(hit -> hit.getValue() >= threshold)
                .map(hit -> new Candidate(hit.getKey(), new ComparisonScore(hit.getValue())))
                .sorted(Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::subject))
                .limit(limit)
                .toList();
    }

    private List<Candidate> compare(FeatureVector probe, UUID subject, double threshold) {
        for (int i = 0; i < RETRIES; i++) {
            Map<UUID, State> states = versions.all();
            var stored = index.get(subject);
            if (stored.isEmpty()) {
                return List.of();
            }
            QdrantIndex.Point point = stored.get();
            int version = states.getOrDefault(point.department(), State.FIRST).version();
            float[] vector = point.vectors().get(QdrantIndex.slot(version));
            if (vector != null) {
                CancellableTransform transform = transform(point.department(), version, probe.dimension());
                ComparisonScore score =
                        ComparisonScore.of(transform.apply(probe), FeatureVector.normalised(transform.image(), vector));
                return score.cosine() >= threshold ? List.of(new Candidate(subject, score)) : List.of();
            }
        }
        return List.of();
    }

    @Override
    public int size(UUID partition) {
        return exists() ? index.count(partition) : 0;
    }

    @Override
    public int size() {
        return exists() ? index.count() : 0;
    }

    /** With no bytes: they are Qdrant's. */
    @Override
    public Statistics statistics() {
        Map<UUID, Integer> sizes = exists() ? index.departments() : Map.of();
        return new Statistics(
                extractor, sizes.values().stream().mapToInt(Integer::intValue).sum(), sizes, 0);
    }

    private void require(FeatureVector features, int dimension) {
        if (!features.extractor().equals(extractor)) {
            throw new IllegalArgumentException("features of another extractor");
        }
        if (features.dimension() != dimension) {
            throw new IllegalArgumentException("features of different lengths");
        }
    }

    /** Images of the transform have a power of two of components. */
    private static int size(int dimension) {
        return dimension <= 1 ? 1 : Integer.highestOneBit(dimension - 1) << 1;
    }

    private static boolean same(UUID department, Map<UUID, State> one, Map<UUID, State> other) {
        return one.getOrDefault(department, State.FIRST).equals(other.getOrDefault(department, State.FIRST));
    }

    private static GalleryUnavailable gone(Throwable cause) {
        return new GalleryUnavailable("The collection in Qdrant is gone, and is being made anew", cause);
    }
}
