package org.vultus.evaluation.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a benchmark run found; its component names are the keys of the JSON. Times are milliseconds on one thread.
 *
 * @param stages each stage of the pipeline by itself
 * @param pipeline one JPEG to one decision
 * @param modelOnly all networks that the pipeline runs for one photo, without preparing their inputs
 * @param overheadRatio the pipeline's median over that of the bare networks: what everything but the networks costs
 * @param recognition the same pipeline without the passive check of liveness: whose face it is, and no more
 * @param throughput photos a second with a thread on every core
 * @param throughputOneThread photos a second on one thread
 */
record BenchmarkReport(
        Machine machine,
        @JsonProperty("stages_ms") Stages stages,
        @JsonProperty("pipeline_ms") Percentiles pipeline,
        @JsonProperty("model_only_ms") Percentiles modelOnly,
        @JsonProperty("overhead_ratio") double overheadRatio,
        Recognition recognition,
        @JsonProperty("throughput_per_s") double throughput,
        @JsonProperty("throughput_one_thread_per_s") double throughputOneThread) {

    /** What it ran on. */
    record Machine(
            int cores,
            String architecture,
            String java,
            @JsonProperty("jpeg_codec") String jpegCodec,
            @JsonProperty("model_pack") String modelPack) {}

    record Stages(
            Percentiles decode,
            Percentiles detect,
            Percentiles landmarks,
            Percentiles quality,
            Percentiles liveness,
            Percentiles embed) {}

    record Recognition(
            @JsonProperty("pipeline_ms") Percentiles pipeline,
            @JsonProperty("model_only_ms") Percentiles modelOnly,
            @JsonProperty("overhead_ratio") double overheadRatio) {}

    record Percentiles(double p50, double p99) {}
}
