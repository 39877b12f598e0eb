package org.vultus.evaluation.gallery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What {@code vultus benchmark gallery} measured; the names are the keys of the JSON.
 *
 * @param method how the identities were made, in a sentence
 * @param threshold the least score of a candidate, which is also the one above which recall is counted
 */
public record GalleryReport(Machine machine, String method, double threshold, List<Size> sizes) {

    /** @param heapMb the largest heap that the virtual machine may use */
    public record Machine(
            int cores,
            String system,
            String java,
            @JsonProperty("heap_mb") long heapMb) {}

    /**
     * One size. The time of a search with all cores is {@code p50_ms} and {@code p99_ms}; half of the searches are mated.
     *
     * @param cpuOneThread the processor's time of a search with one thread, median: what other programs do hardly matters to it
     * @param mb the memory of the gallery's arrays
     * @param recallAt1 how often the first candidate is that of an exact float search, of mated probes whose own score there
     *     reaches the threshold
     * @param recallProbes how many these were
     * @param buildS filling it, all cores, without making the identities
     * @param timesFaster than the float peer, all cores, p50; absent when floats were not held
     */
    public record Size(
            int references,
            @JsonProperty("p50_ms") double p50,
            @JsonProperty("p99_ms") double p99,
            @JsonProperty("p50_ms_one_thread") double p50OneThread,
            @JsonProperty("p99_ms_one_thread") double p99OneThread,
            @JsonProperty("cpu_ms_one_thread") double cpuOneThread,
            double mb,
            @JsonProperty("recall_at_1") double recallAt1,
            @JsonProperty("recall_probes") int recallProbes,
            @JsonProperty("build_s") double buildS,
            @JsonProperty("insert_us") double insertUs,
            @JsonProperty("remove_us") double removeUs,
            @JsonProperty("times_faster_than_float") Optional<Double> timesFaster,
            List<Peer> peers) {}

    /** @param skipped why a peer was not measured at this size */
    public record Peer(
            String name,
            Optional<String> skipped,
            @JsonProperty("p50_ms") Optional<Double> p50,
            @JsonProperty("p99_ms") Optional<Double> p99,
            @JsonProperty("p50_ms_one_thread") Optional<Double> p50OneThread,
            @JsonProperty("p99_ms_one_thread") Optional<Double> p99OneThread,
            @JsonProperty("cpu_ms_one_thread") Optional<Double> cpuOneThread,
            Optional<Double> mb,
            @JsonProperty("recall_at_1") Optional<Double> recallAt1,
            @JsonProperty("build_s") Optional<Double> buildS) {

        static Peer skipped(String name, String why) {
            return new Peer(
                    name,
                    Optional.of(why),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
