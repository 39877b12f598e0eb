package org.vultus.biometrics.match;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * The references that probes are searched in: one for each subject, divided into partitions (departments) that are searched
 * alone. Safe for several threads; a search sees each entry either before or after a change, never half of it. Where references lie
 * outside of the process, every method throws {@link GalleryUnavailable} when they cannot be reached.
 */
public interface Gallery {

    /** One subject's reference. */
    record Entry(UUID subject, UUID partition, FeatureVector features) {}

    /** Where a search looks. */
    sealed interface Scope {

        /** In these partitions; others are not touched. */
        record Partitions(Set<UUID> ids) implements Scope {
            public Partitions {
                ids = Set.copyOf(ids);
            }
        }

        /** At one subject's reference. */
        record Subject(UUID id) implements Scope {}

        /** In all partitions. */
        record Everywhere() implements Scope {}
    }

    /**
     * What a gallery holds at one moment.
     *
     * @param partitions the number of references of each partition that has any
     * @param bytes the memory of the references in this process, without what the virtual machine adds
     */
    record Statistics(ExtractorId extractor, int references, Map<UUID, Integer> partitions, long bytes) {
        public Statistics {
            partitions = Map.copyOf(partitions);
        }
    }

    /**
     * Adds a reference, in place of the one the subject had.
     *
     * @throws IllegalArgumentException when another extractor made it than made those that are there
     */
    void put(Entry entry);

    /**
     * Adds many, which may be quicker than one after the other; a search meanwhile may see some of them.
     *
     * @throws IllegalArgumentException as {@link #put} does
     */
    default void putAll(List<Entry> entries) {
        entries.forEach(this::put);
    }

    /** Forgets a subject's reference and overwrites its features; nothing happens when there is none. */
    void remove(UUID subject);

    /**
     * The references most like the probe, best first; people with the same score by their identifiers.
     *
     * @param limit how many candidates at most
     * @param threshold the least score of a candidate; −1 for any
     * @throws IllegalArgumentException when another extractor made the probe
     */
    List<Candidate> search(FeatureVector probe, Scope scope, int limit, double threshold);

    /** The same in some partitions and at any score. */
    default List<Candidate> search(FeatureVector probe, Set<UUID> partitions, int limit) {
        return search(probe, new Scope.Partitions(partitions), limit, -1);
    }

    /** The same over every partition and at any score. */
    default List<Candidate> searchEverywhere(FeatureVector probe, int limit) {
        return search(probe, new Scope.Everywhere(), limit, -1);
    }

    /** How many references a partition holds. */
    int size(UUID partition);

    /** How many references there are. */
    int size();

    Statistics statistics();
}
