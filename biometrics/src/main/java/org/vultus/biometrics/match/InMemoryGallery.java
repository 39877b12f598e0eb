package org.vultus.biometrics.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * Every reference in memory, in blocks of packed rows, all of them compared with the probe. With the basis of the extractor's
 * features a row is scanned by its first {@value #LEAD} turned components, four bits each; what these cannot tell apart is scored
 * again from 16-bit components, within about 1e-5 of the floats. How far they may be wrong is bounded for each row, so the
 * result is that of scoring every row, also where the basis does not fit; that only costs time.
 *
 * <p>Searches never wait for one another, nor for changes: a block that changes under a search is read again. A search that spans
 * partitions while somebody moves between two of them, and one for a single subject, may wait for the end of a change. A removed
 * row is overwritten by its block's last one and that by zeros, so that nothing of a forgotten person stays behind; it lies outside of
 * the heap ({@link Rows}), where nobody makes copies.
 */
public final class InMemoryGallery implements Gallery {
    /** Chosen by measurement of the default extractor, whose effective dimension is about 104: docs/adr/0032. */
    static final int LEAD = 128;

    /** From so many blocks on, 80,000 rows, a second processor saves more than it takes to wake it (docs/results/gallery.md). */
    private static final int PARALLEL_BLOCKS = 40;

    private static final int RETRIES = 3;

    /** So many rows are turned at once: of more the matrices are read no more seldom in proportion. */
    private static final int GROUP = 32;

    /** With so many left in a block the memory of the next one is made: sixteen groups, so that it is ready in time. */
    private static final int LAST_ROWS = 512;

    private final ExtractorId extractor;
    private final Optional<EmbeddingBasis> basis;
    private final int cores;
    private final RowScan scan;
    private final Map<UUID, Partition> partitions = new ConcurrentHashMap<>();
    private volatile @Nullable Rotation rotation;

    /** The lock of all changes, and of all that follows. */
    private final Object changes = new Object();

    private final List<Block> blocks = new ArrayList<>();
    private final SubjectIndex index = new SubjectIndex(blocks);
    /** Memory for the next block, once the last rows of one are filled. */
    private @Nullable Rows spare;

    private final AtomicBoolean spareWanted = new AtomicBoolean();

    /** Counts the subjects who went from one partition to another. */
    private final AtomicLong moves = new AtomicLong();

    private static final class Partition {
        private volatile Block[] blocks = {};
        private final AtomicInteger size = new AtomicInteger();
        private final Deque<Block> room = new ArrayDeque<>();
    }

    /**
     * A gallery without knowledge of the features: all of their components are scanned.
     *
     * @param extractor whose features it holds
     */
    public InMemoryGallery(ExtractorId extractor) {
        this(extractor, Optional.empty());
    }

    /**
     * @param extractor whose features it holds
     * @param basis in which directions these differ
     * @throws IllegalArgumentException when the basis is another extractor's
     */
    public InMemoryGallery(ExtractorId extractor, Optional<EmbeddingBasis> basis) {
        this(extractor, basis, Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param cores among how many processors a large search is divided
     */
    public InMemoryGallery(ExtractorId extractor, Optional<EmbeddingBasis> basis, int cores) {
        this(extractor, basis, cores, RowScan.best());
    }

    InMemoryGallery(ExtractorId extractor, Optional<EmbeddingBasis> basis, int cores, RowScan scan) {
        basis.filter(own -> !own.extractor().equals(extractor)).ifPresent(foreign -> {
            throw new IllegalArgumentException("the basis of another extractor");
        });
        this.extractor = extractor;
        this.basis = basis;
        this.cores = cores;
        this.scan = scan;
    }

    @Override
    public void put(Entry entry) {
        Rotation turn = rotation(entry.features());
        float[] turned = entry.features().toArray();
        turn.apply(turned);
        PackedRow row = new PackedRow(turn);
        row.pack(turned, 0);
        synchronized (changes) {
            put(entry, row, turn);
        }
        row.wipe();
        Arrays.fill(turned, 0);
    }

    /** In groups, each turned and packed at once and put in under one lock, between which others have their turn. */
    @Override
    public void putAll(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Rotation turn = rotation(entries.getFirst().features());
        for (Entry entry : entries) {
            requireOwn(entry.features());
            requireDimension(entry.features(), turn);
        }
        float[] turned = new float[GROUP * turn.stride()];
        float[] parts = new float[turn.parts(GROUP)];
        PackedRow[] rows = new PackedRow[Math.min(GROUP, entries.size())];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new PackedRow(turn);
        }
        for (int first = 0; first < entries.size(); first += GROUP) {
            int count = Math.min(entries.size() - first, GROUP);
            for (int i = 0; i < count; i++) {
                entries.get(first + i).features().copyTo(turned, i * turn.stride());
            }
            turn.apply(turned, Math.ceilDiv(count, RowScan.ROWS_AT_ONCE) * RowScan.ROWS_AT_ONCE, parts);
            prepare(turn);
            for (int i = 0; i < count; i++) {
                rows[i].pack(turned, i * turn.stride());
            }
            synchronized (changes) {
                for (int i = 0; i < count; i++) {
                    put(entries.get(first + i), rows[i], turn);
                }
            }
        }
        for (PackedRow row : rows) {
            row.wipe();
        }
        Arrays.fill(turned, 0);
    }

    private void put(Entry entry, PackedRow packed, Rotation turn) {
        int place = index.find(entry.subject());
        if (place == SubjectIndex.NOWHERE) {
            add(entry, packed, turn);
        } else if (index.block(place).partition().equals(entry.partition())) {
            index.block(place).replace(SubjectIndex.row(place), packed);
        } else {
            // The new entry first: a search that meets both keeps one, and one that meets neither looks again.
            Block before = index.block(place);
            int row = SubjectIndex.row(place);
            // And before anything is taken away, for there may be no memory for it.
            add(entry, packed, turn);
            index.remove(place);
            moves.incrementAndGet();
            take(before, row);
        }
    }

    @Override
    public void remove(UUID subject) {
        synchronized (changes) {
            int place = index.find(subject);
            if (place != SubjectIndex.NOWHERE) {
                index.remove(place);
                take(index.block(place), SubjectIndex.row(place));
            }
        }
    }

    @Override
    public List<Candidate> search(FeatureVector probe, Scope scope, int limit, double threshold) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit);
        }
        requireOwn(probe);
        Rotation turn = rotation;
        if (turn == null) {
            return List.of();
        }
        requireDimension(probe, turn);
        PackedProbe packed = PackedProbe.of(probe.toArray(), turn);
        try {
            return switch (scope) {
                case Scope.Partitions(Set<UUID> ids) ->
                    search(
                            packed,
                            ids.stream()
                                    .map(partitions::get)
                                    .filter(Objects::nonNull)
                                    .toList(),
                            limit,
                            threshold);
                case Scope.Everywhere() -> search(packed, partitions.values(), limit, threshold);
                case Scope.Subject(UUID id) -> {
                    Best best = new Best(limit, threshold);
                    synchronized (changes) {
                        int place = index.find(id);
                        if (place != SubjectIndex.NOWHERE) {
                            index.block(place).compare(packed, scan, SubjectIndex.row(place), best);
                        }
                    }
                    yield best.sorted();
                }
            };
        } finally {
            packed.wipe();
        }
    }

    @Override
    public int size(UUID partition) {
        Partition found = partitions.get(partition);
        return found == null ? 0 : found.size.get();
    }

    @Override
    public int size() {
        synchronized (changes) {
            return index.size();
        }
    }

    @Override
    public Statistics statistics() {
        synchronized (changes) {
            Map<UUID, Integer> sizes = new HashMap<>();
            partitions.forEach((id, partition) -> {
                int size = partition.size.get();
                if (size > 0) {
                    sizes.put(id, size);
                }
            });
            long bytes = index.bytes();
            for (Block block : blocks) {
                bytes += block.bytes();
            }
            bytes += spare == null ? 0 : spare.bytes();
            return new Statistics(extractor, index.size(), sizes, bytes);
        }
    }

    /** Again when somebody changed partitions meanwhile, for both may have been looked at in the wrong moment. */
    private List<Candidate> search(PackedProbe probe, Collection<Partition> where, int limit, double threshold) {
        for (int i = 0; i < RETRIES; i++) {
            long before = moves.get();
            List<Candidate> found = scan(probe, where, limit, threshold);
            if (where.size() < 2 || moves.get() == before) {
                return found;
            }
        }
        synchronized (changes) {
            return scan(probe, where, limit, threshold);
        }
    }

    private List<Candidate> scan(PackedProbe probe, Collection<Partition> where, int limit, double threshold) {
        List<Block> all = new ArrayList<>();
        for (Partition partition : where) {
            all.addAll(Arrays.asList(partition.blocks));
        }
        Best best = new Best(limit, threshold);
        AtomicInteger next = new AtomicInteger();
        if (cores > 1 && all.size() >= PARALLEL_BLOCKS) {
            // Each takes the next block when it is done with one: nobody waits for a thread that began late or is
            // slower.
            IntStream.range(0, cores).parallel().forEach(_ -> scan(probe, all, next, best));
        } else {
            scan(probe, all, next, best);
        }
        return best.sorted();
    }

    private void scan(PackedProbe probe, List<Block> all, AtomicInteger next, Best best) {
        Block.Scratch scratch = new Block.Scratch(probe);
        for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
            all.get(i).scan(probe, scan, scratch, best);
        }
    }

    private void add(Entry entry, PackedRow packed, Rotation turn) {
        Partition partition = partitions.computeIfAbsent(entry.partition(), _ -> new Partition());
        Block block = partition.room.peek();
        if (block == null) {
            // Where there are thousands already, rows that lie idle are few beside them, and nothing has to be moved.
            Rows memory = partition.blocks.length == 0 ? Rows.of(Block.FIRST_ROWS, turn) : wholeBlock(turn);
            block = new Block(blocks.size(), entry.partition(), turn, memory);
            blocks.add(block);
            partition.room.add(block);
            Block[] more = Arrays.copyOf(partition.blocks, partition.blocks.length + 1);
            more[more.length - 1] = block;
            partition.blocks = more;
        }
        int row = block.add(entry.subject(), packed);
        index.add(SubjectIndex.place(block, row));
        partition.size.incrementAndGet();
        if (block.full()) {
            partition.room.remove();
        }
        if (block.size() == Block.ROWS - LAST_ROWS && spare == null) {
            spareWanted.set(true);
        }
    }

    private Rows wholeBlock(Rotation turn) {
        Rows made = spare;
        spare = null;
        return made == null ? Rows.of(Block.ROWS, turn) : made;
    }

    /** Makes a block's memory before it is needed: to have the system make its pages ready takes milliseconds, for which nobody waits. */
    private void prepare(Rotation turn) {
        if (spareWanted.get() && spareWanted.compareAndSet(true, false)) {
            Rows made = Rows.of(Block.ROWS, turn);
            synchronized (changes) {
                spare = made;
            }
        }
    }

    /** Takes a row out that the index has forgotten. */
    private void take(Block block, int row) {
        Partition partition = Objects.requireNonNull(partitions.get(block.partition()));
        if (block.full()) {
            partition.room.add(block);
        }
        int last = block.size() - 1;
        if (row != last) {
            index.move(SubjectIndex.place(block, last), SubjectIndex.place(block, row));
        }
        block.remove(row);
        partition.size.decrementAndGet();
    }

    private Rotation rotation(FeatureVector features) {
        requireOwn(features);
        Rotation turn = rotation;
        if (turn == null) {
            synchronized (changes) {
                turn = rotation;
                if (turn == null) {
                    turn = Rotation.by(basis, features.dimension(), LEAD);
                    requireDimension(features, turn);
                    rotation = turn;
                }
            }
        }
        requireDimension(features, turn);
        return turn;
    }

    private void requireOwn(FeatureVector features) {
        if (!features.extractor().equals(extractor)) {
            throw new IllegalArgumentException("features of another extractor");
        }
    }

    private static void requireDimension(FeatureVector features, Rotation turn) {
        int dimension = features.dimension();
        if (dimension != turn.dimension()) {
            throw new IllegalArgumentException(dimension + " features in a gallery of " + turn.dimension());
        }
    }
}
