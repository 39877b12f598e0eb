package org.vultus.biometrics.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * Every reference in memory, one packed array of rows for each partition, all of them compared with the probe: exact. A removed
 * row is overwritten by the last one and the last one by zeros, so that nothing of a forgotten person stays behind.
 */
public final class InMemoryGallery implements Gallery {
    private static final Comparator<Candidate> BEST_LAST =
            Comparator.comparing(Candidate::score).thenComparing(Candidate::subject, Comparator.reverseOrder());

    private final ExtractorId extractor;
    private final Map<UUID, Partition> partitions = new ConcurrentHashMap<>();
    /** Where each subject is; also the lock of all changes. */
    private final Map<UUID, UUID> home = new HashMap<>();

    /** @param extractor whose features it holds */
    public InMemoryGallery(ExtractorId extractor) {
        this.extractor = extractor;
    }

    @Override
    public void put(Entry entry) {
        requireOwn(entry.features());
        synchronized (home) {
            UUID before = home.put(entry.subject(), entry.partition());
            if (before != null && !before.equals(entry.partition())) {
                partition(before).remove(entry.subject());
            }
            partition(entry.partition()).put(entry.subject(), entry.features());
        }
    }

    @Override
    public void remove(UUID subject) {
        synchronized (home) {
            UUID partition = home.remove(subject);
            if (partition != null) {
                partition(partition).remove(subject);
            }
        }
    }

    @Override
    public List<Candidate> search(FeatureVector probe, Set<UUID> where, int limit) {
        requireOwn(probe);
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit);
        }
        float[] features = probe.toArray();
        PriorityQueue<Candidate> best = new PriorityQueue<>(BEST_LAST);
        for (UUID id : where) {
            Partition partition = partitions.get(id);
            if (partition != null) {
                partition.search(features, limit, best);
            }
        }
        Arrays.fill(features, 0);
        List<Candidate> candidates = new ArrayList<>(best);
        candidates.sort(BEST_LAST.reversed());
        return candidates;
    }

    @Override
    public List<Candidate> searchEverywhere(FeatureVector probe, int limit) {
        return search(probe, partitions.keySet(), limit);
    }

    @Override
    public int size(UUID partition) {
        Partition found = partitions.get(partition);
        return found == null ? 0 : found.size();
    }

    @Override
    public int size() {
        return partitions.values().stream().mapToInt(Partition::size).sum();
    }

    private Partition partition(UUID id) {
        return partitions.computeIfAbsent(id, unused -> new Partition());
    }

    private void requireOwn(FeatureVector features) {
        if (!features.extractor().equals(extractor)) {
            throw new IllegalArgumentException("features of another extractor");
        }
    }

    private static final class Partition {
        private static final UUID NOBODY = new UUID(0, 0);

        private final ReadWriteLock lock = new ReentrantReadWriteLock();
        private final Map<UUID, Integer> rowOf = new HashMap<>();
        private UUID[] subjects = new UUID[16];
        private float[] rows = new float[0];
        private int dimension;
        private int size;

        void put(UUID subject, FeatureVector features) {
            lock.writeLock().lock();
            try {
                dimension = features.dimension();
                Integer row = rowOf.get(subject);
                if (row == null) {
                    row = size++;
                    rowOf.put(subject, row);
                    grow();
                    subjects[row] = subject;
                }
                float[] values = features.toArray();
                System.arraycopy(values, 0, rows, row * dimension, dimension);
                Arrays.fill(values, 0);
            } finally {
                lock.writeLock().unlock();
            }
        }

        void remove(UUID subject) {
            lock.writeLock().lock();
            try {
                Integer row = rowOf.remove(subject);
                if (row == null) {
                    return;
                }
                int last = --size;
                if (row != last) {
                    System.arraycopy(rows, last * dimension, rows, row * dimension, dimension);
                    subjects[row] = subjects[last];
                    rowOf.put(subjects[row], row);
                }
                subjects[last] = NOBODY;
                Arrays.fill(rows, last * dimension, (last + 1) * dimension, 0);
            } finally {
                lock.writeLock().unlock();
            }
        }

        void search(float[] probe, int limit, PriorityQueue<Candidate> best) {
            lock.readLock().lock();
            try {
                for (int row = 0; row < size; row++) {
                    double cosine = Math.clamp(dot(probe, rows, row * dimension), -1.0, 1.0);
                    if (best.size() == limit && cosine < best.element().score().cosine()) {
                        continue;
                    }
                    best.add(new Candidate(subjects[row], new ComparisonScore(cosine)));
                    if (best.size() > limit) {
                        best.remove();
                    }
                }
            } finally {
                lock.readLock().unlock();
            }
        }

        int size() {
            lock.readLock().lock();
            try {
                return size;
            } finally {
                lock.readLock().unlock();
            }
        }

        private void grow() {
            if (size > subjects.length) {
                subjects = Arrays.copyOf(subjects, 2 * subjects.length);
            }
            int needed = Math.multiplyExact(size, dimension);
            if (needed > rows.length) {
                float[] larger = Arrays.copyOf(rows, Math.max(needed, Math.multiplyExact(subjects.length, dimension)));
                Arrays.fill(rows, 0);
                rows = larger;
            }
        }

        /** Four sums, so that the processor need not wait for one addition to begin the next. */
        private static double dot(float[] a, float[] b, int offset) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = 0;
            for (; i + 3 < a.length; i += 4) {
                s0 += (double) a[i] * b[offset + i];
                s1 += (double) a[i + 1] * b[offset + i + 1];
                s2 += (double) a[i + 2] * b[offset + i + 2];
                s3 += (double) a[i + 3] * b[offset + i + 3];
            }
            for (; i < a.length; i++) {
                s0 += (double) a[i] * b[offset + i];
            }
            return s0 + s1 + s2 + s3;
        }
    }
}
