package org.vultus.evaluation.gallery;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;

/** One size of {@code vultus benchmark gallery}: the gallery and its peers, filled with the same identities. */
final class GalleryRun {
    /** Mean and standard deviation of the mated scores on LFW, image against image (models/operating-points.json). */
    static final double MATED_MEAN = 0.678;

    static final double MATED_DEVIATION = 0.117;

    private static final double LEAST_MATED = 0.2;
    private static final double MOST_MATED = 0.95;
    private static final long SEED = 2026;
    private static final int CHUNK = 8192;
    private static final int DEPARTMENTS = 10;
    private static final int CHANGES = 10_000;
    /** Far from the numbers of those enrolled. */
    private static final long STRANGERS = 1L << 40;

    private final EmbeddingBasis basis;
    private final SyntheticFaces faces;
    private final int size;
    private final double threshold;
    private final int searches;
    private final boolean hnsw;
    private final Consumer<String> progress;
    private final FeatureVector[] probes;
    private final int[] owners;
    private final FloatRows.Nearest[] exact;
    private final FeatureVector[] timed;

    GalleryRun(
            EmbeddingBasis basis,
            int size,
            double threshold,
            int probes,
            int searches,
            boolean hnsw,
            Consumer<String> progress) {
        this.basis = basis;
        this.faces = new SyntheticFaces(basis, SEED);
        this.size = size;
        this.threshold = threshold;
        this.searches = searches;
        this.hnsw = hnsw;
        this.progress = progress;
        this.probes = new FeatureVector[probes];
        this.owners = new int[probes];
        this.exact = new FloatRows.Nearest[probes];
        Random random = new Random(SEED);
        for (int i = 0; i < probes; i++) {
            owners[i] = random.nextInt(size);
            double cosine = Math.clamp(MATED_MEAN + MATED_DEVIATION * random.nextGaussian(), LEAST_MATED, MOST_MATED);
            this.probes[i] = faces.view(owners[i], i, cosine);
            exact[i] = FloatRows.Nearest.NONE;
        }
        // Mated ones and strangers in turn.
        this.timed = IntStream.range(0, searches)
                .mapToObj(i -> i % 2 == 0 ? this.probes[i / 2 % probes] : faces.identity(2 * STRANGERS + i))
                .toArray(FeatureVector[]::new);
    }

    GalleryReport.Size run() {
        InMemoryGallery gallery = new InMemoryGallery(basis.extractor(), Optional.of(basis));
        boolean held = 5L * size * basis.dimension() * Float.BYTES
                < 3 * Runtime.getRuntime().maxMemory();
        FloatRows floats = new FloatRows(basis.dimension());
        long put = 0;
        for (int from = 0; from < size; from += CHUNK) {
            int first = from;
            int count = Math.min(CHUNK, size - from);
            FeatureVector[] some = IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> faces.identity(first + i))
                    .toArray(FeatureVector[]::new);
            long start = System.nanoTime();
            IntStream.range(0, count).parallel().forEach(i -> gallery.put(entry(first + i, some[i])));
            put += System.nanoTime() - start;
            FloatRows chunk = held ? floats : new FloatRows(basis.dimension());
            int before = chunk.size();
            for (FeatureVector face : some) {
                chunk.add(face);
            }
            compareExactly(chunk, before, first - before);
            if ((first + count) * 10L / size > first * 10L / size) {
                progress.accept("%,d of %,d references".formatted(first + count, size));
            }
        }
        double mb = gallery.statistics().bytes() / 1e6;
        progress.accept("searching …");
        Times all = times(i -> gallery.search(timed[i], new Gallery.Scope.Everywhere(), 1, threshold));
        Times one = alone(() -> times(i -> gallery.search(timed[i], new Gallery.Scope.Everywhere(), 1, threshold)));
        int counted = 0;
        int same = 0;
        for (int i = 0; i < probes.length; i++) {
            if (counts(i)) {
                counted++;
                List<Candidate> found = gallery.search(probes[i], new Gallery.Scope.Everywhere(), 1, threshold);
                same += !found.isEmpty() && found.getFirst().subject().equals(subject(exact[i].row())) ? 1 : 0;
            }
        }
        double[] changes = changes(gallery);
        List<GalleryReport.Peer> peers = new ArrayList<>();
        peers.add(
                held ? floats(floats) : GalleryReport.Peer.skipped("float32", "its vectors do not fit in the memory"));
        Optional<Double> timesFaster = peers.getFirst().p50().map(p50 -> p50 / percentile(all.wall, 50));
        floats.clear();
        peers.add(hnsw && held ? hnsw() : GalleryReport.Peer.skipped("jvector", "larger than --hnsw-up-to"));
        return new GalleryReport.Size(
                size,
                percentile(all.wall, 50),
                percentile(all.wall, 99),
                percentile(one.wall, 50),
                percentile(one.wall, 99),
                percentile(one.cpu, 50),
                mb,
                counted == 0 ? 0 : (double) same / counted,
                counted,
                put / 1e9,
                changes[0],
                changes[1],
                timesFaster,
                peers);
    }

    /** What an exact search of floats finds, for every probe, as the rows come. */
    private void compareExactly(FloatRows rows, int from, int offset) {
        IntStream.range(0, probes.length).parallel().forEach(i -> {
            FloatRows.Nearest found = rows.nearestFrom(probes[i].toArray(), from);
            if (found.row() >= 0) {
                exact[i] =
                        FloatRows.Nearest.better(exact[i], new FloatRows.Nearest(found.row() + offset, found.score()));
            }
        });
    }

    /** Whether the probe's own score, in floats, reaches the threshold. */
    private boolean counts(int i) {
        return probes[i].cosine(faces.identity(owners[i])) >= threshold;
    }

    private GalleryReport.Peer floats(FloatRows floats) {
        progress.accept("float32 …");
        Times all = times(i -> floats.nearest(timed[i].toArray()));
        Times one = alone(() -> times(i -> floats.nearest(timed[i].toArray())));
        return new GalleryReport.Peer(
                "float32",
                Optional.empty(),
                Optional.of(percentile(all.wall, 50)),
                Optional.of(percentile(all.wall, 99)),
                Optional.of(percentile(one.wall, 50)),
                Optional.of(percentile(one.wall, 99)),
                Optional.of(percentile(one.cpu, 50)),
                Optional.of(floats.bytes() / 1e6),
                Optional.of(1.0),
                Optional.empty());
    }

    private GalleryReport.Peer hnsw() {
        progress.accept("jvector, which takes its time to build …");
        List<FeatureVector> vectors =
                IntStream.range(0, size).parallel().mapToObj(faces::identity).toList();
        long start = System.nanoTime();
        try (HnswIndex index = new HnswIndex(vectors)) {
            double build = (System.nanoTime() - start) / 1e9;
            Times one = times(i -> index.nearest(timed[i]));
            int counted = 0;
            int same = 0;
            for (int i = 0; i < probes.length; i++) {
                if (counts(i)) {
                    counted++;
                    same += index.nearest(probes[i]) == exact[i].row() ? 1 : 0;
                }
            }
            return new GalleryReport.Peer(
                    "jvector",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(percentile(one.wall, 50)),
                    Optional.of(percentile(one.wall, 99)),
                    Optional.of(percentile(one.cpu, 50)),
                    Optional.empty(),
                    Optional.of(counted == 0 ? 0 : (double) same / counted),
                    Optional.of(build));
        }
    }

    /** Microseconds that an insertion and a removal take, one thread. */
    private double[] changes(InMemoryGallery gallery) {
        FeatureVector[] some = IntStream.range(0, CHANGES)
                .parallel()
                .mapToObj(i -> faces.identity(STRANGERS + i))
                .toArray(FeatureVector[]::new);
        long start = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            gallery.put(entry(STRANGERS + i, some[i]));
        }
        long inserted = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            gallery.remove(subject(STRANGERS + i));
        }
        long removed = System.nanoTime();
        return new double[] {(inserted - start) / 1e3 / CHANGES, (removed - inserted) / 1e3 / CHANGES};
    }

    private interface Search {
        Object run(int number);
    }

    /**
     * Of each search, ascending.
     *
     * @param cpu of the thread that asks: all that a search takes when it has no helpers, whatever else the machine does
     */
    private record Times(double[] wall, double[] cpu) {}

    private Times times(Search search) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        Object last = null;
        for (int i = 0; i < searches / 4; i++) {
            last = search.run(i);
        }
        double[] wall = new double[searches];
        double[] cpu = new double[searches];
        for (int i = 0; i < searches; i++) {
            long start = System.nanoTime();
            long busy = clock.getCurrentThreadCpuTime();
            last = search.run(i);
            cpu[i] = (clock.getCurrentThreadCpuTime() - busy) / 1e6;
            wall[i] = (System.nanoTime() - start) / 1e6;
        }
        if (last == null) {
            throw new IllegalStateException("a search without a result");
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        return new Times(wall, cpu);
    }

    /** In a pool of one thread, so that a search has no helpers. */
    private static Times alone(Callable<Times> work) {
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            return pool.submit(work).join();
        }
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static Gallery.Entry entry(long number, FeatureVector face) {
        return new Gallery.Entry(subject(number), new UUID(7, number % DEPARTMENTS), face);
    }

    private static UUID subject(long number) {
        return new UUID(number * 0x9e3779b97f4a7c15L, number);
    }
}
