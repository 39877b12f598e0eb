package org.vultus.biometrics.match;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * The references that probes are searched in: one for each subject, divided into partitions (departments) that are searched
 * alone. Safe for several threads; a search sees each entry either before or after a change, never half of it.
 */
public interface Gallery {

    /** One subject's reference. */
    record Entry(UUID subject, UUID partition, FeatureVector features) {}

    /**
     * Adds a reference, in place of the one the subject had.
     *
     * @throws IllegalArgumentException when another extractor made it than made those that are there
     */
    void put(Entry entry);

    /** Forgets a subject's reference and overwrites its features; nothing happens when there is none. */
    void remove(UUID subject);

    /**
     * The references most like the probe, best first.
     *
     * @param partitions where to look; others are not touched
     * @param limit how many candidates at most
     * @throws IllegalArgumentException when another extractor made the probe
     */
    List<Candidate> search(FeatureVector probe, Set<UUID> partitions, int limit);

    /** The same over every partition. */
    List<Candidate> searchEverywhere(FeatureVector probe, int limit);

    /** How many references a partition holds. */
    int size(UUID partition);

    /** How many references there are. */
    int size();
}
