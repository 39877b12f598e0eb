package org.vultus.evaluation.benchmark;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.evaluation.benchmark.BenchmarkReport.Machine;
import org.vultus.evaluation.benchmark.BenchmarkReport.Percentiles;
import org.vultus.evaluation.benchmark.BenchmarkReport.Recognition;
import org.vultus.evaluation.benchmark.BenchmarkReport.Stages;

/**
 * Runs {@link EngineBenchmark} with JMH, every benchmark in a JVM of its own.
 *
 * @param photo a JPEG with one face
 * @param pack the folder of a model pack, or empty for the one that is shipped
 * @param progress hears one line before each benchmark
 */
record BenchmarkRun(Path photo, String pack, Consumer<String> progress) {
    private static final TimeValue WARM_UP = TimeValue.seconds(2);
    private static final TimeValue MEASURED = TimeValue.seconds(3);
    private static final int ITERATIONS = 3;

    BenchmarkReport run() throws RunnerException {
        int cores = Runtime.getRuntime().availableProcessors();
        Percentiles pipeline = times("pipeline");
        Percentiles modelOnly = times("modelOnly");
        Percentiles recognition = times("pipeline", true);
        Percentiles recognitionModels = times("modelOnly", true);
        return new BenchmarkReport(
                new Machine(
                        cores,
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.version().toString(),
                        new ImageDecoder(ImageLimits.DEFAULT).jpegCodec(),
                        pack.isEmpty() ? "shipped" : pack),
                new Stages(
                        times("decode"),
                        times("detect"),
                        times("landmarks"),
                        times("quality"),
                        times("liveness"),
                        times("embed")),
                pipeline,
                modelOnly,
                pipeline.p50() / modelOnly.p50(),
                new Recognition(recognition, recognitionModels, recognition.p50() / recognitionModels.p50()),
                perSecond(cores),
                perSecond(1));
    }

    /** The distribution of one benchmark's time on one thread. */
    private Percentiles times(String benchmark) throws RunnerException {
        return times(benchmark, false);
    }

    private Percentiles times(String benchmark, boolean recognitionOnly) throws RunnerException {
        Statistics ms = measure(benchmark, Mode.SampleTime, 1, recognitionOnly).getStatistics();
        return new Percentiles(ms.getPercentile(50), ms.getPercentile(99));
    }

    private double perSecond(int threads) throws RunnerException {
        return 1000 * measure("pipeline", Mode.Throughput, threads, false).getScore();
    }

    private Result<?> measure(String benchmark, Mode mode, int threads, boolean recognitionOnly)
            throws RunnerException {
        progress.accept("%s%s, %d thread%s"
                .formatted(benchmark, recognitionOnly ? " without liveness" : "", threads, threads == 1 ? "" : "s"));
        Options options = new OptionsBuilder()
                .include("^" + EngineBenchmark.class.getName() + "\\." + benchmark + "$")
                .mode(mode)
                .threads(threads)
                .param("photo", photo.toAbsolutePath().toString())
                .param("pack", pack)
                .param("recognitionOnly", String.valueOf(recognitionOnly))
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(WARM_UP)
                .measurementIterations(ITERATIONS)
                .measurementTime(MEASURED)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        // JMH passes on whatever its JVMs print; standard output is for the report alone.
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
            OutputFormat silent = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
            return primary(new Runner(options, silent).run());
        }
    }

    private static Result<?> primary(Collection<RunResult> results) {
        return results.iterator().next().getPrimaryResult();
    }
}
