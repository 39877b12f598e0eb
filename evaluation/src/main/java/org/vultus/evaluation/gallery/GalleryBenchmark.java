package org.vultus.evaluation.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import org.vultus.onnx.ModelPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus benchmark gallery}. */
@Command(
        name = "gallery",
        description = "Times searches in galleries of synthetic identities, and in others with the same vectors.",
        footer = {
            "",
            "The identities have the mean and the covariance of real features, from the pack's embedding-basis.bin. A size whose "
                    + "floats do not fit in the memory is measured without the peers, which then serve to check it alone."
        })
public final class GalleryBenchmark implements Callable<Integer> {
    private static final String METHOD =
            "identities drawn from a normal distribution with the mean and the covariance of LFW embeddings (192 axes, the rest "
                    + "isotropic), at unit length; mated probes are an identity plus a deviation of the same covariance, at a "
                    + "cosine drawn from N(%.3f, %.3f); half of the timed searches are mated, half are of strangers";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Folder of a model pack with embedding-basis.bin; by default the one that is shipped.")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "How many references, separated by commas (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000,100000,1000000")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--probes",
            paramLabel = "N",
            description = "Mated probes that recall is counted over (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private int probes;

    @Option(
            names = "--searches",
            paramLabel = "N",
            description = "Searches that are timed (default: ${DEFAULT-VALUE}).",
            defaultValue = "400")
    private int searches;

    @Option(
            names = "--hnsw-up-to",
            paramLabel = "N",
            description =
                    "Build JVector's graph up to this size (default: ${DEFAULT-VALUE}, which takes it minutes; 0 for none).",
            defaultValue = "100000")
    private int hnswUpTo;

    @Mixin
    private JsonFile json = new JsonFile();

    @Override
    public Integer call() throws IOException {
        if (sizes.stream().anyMatch(size -> size < 100) || probes < 1 || searches < 10) {
            throw new UserError("--sizes must be at least 100, --probes at least 1 and --searches at least 10");
        }
        json.check();
        ModelPack pack = models.map(ModelPack::open).orElseGet(ModelPack::bundled);
        EmbeddingBasis basis = pack.embeddingBasis()
                .orElseThrow(() -> new UserError("the model pack " + pack.name() + " has no "
                        + ModelPack.EMBEDDING_BASIS + "; make one with `vultus calibrate`"));
        OperatingPoints scale = pack.operatingPoints()
                .orElseThrow(() -> new UserError("the model pack " + pack.name()
                        + " has no operating-points.json; make one with `vultus calibrate`"));
        requireMemory(basis.dimension());
        double threshold = scale.defaultPoint().threshold();
        List<GalleryReport.Size> measured = new ArrayList<>();
        for (int size : sizes) {
            measured.add(new GalleryRun(
                            basis,
                            size,
                            threshold,
                            probes,
                            searches,
                            size <= hnswUpTo,
                            line -> spec.commandLine().getErr().println(line))
                    .run());
        }
        Runtime runtime = Runtime.getRuntime();
        String report = Json.write(new GalleryReport(
                new GalleryReport.Machine(
                        runtime.availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.version().toString(),
                        runtime.maxMemory() >> 20),
                String.format(Locale.ROOT, METHOD, GalleryRun.MATED_MEAN, GalleryRun.MATED_DEVIATION),
                threshold,
                measured));
        spec.commandLine().getOut().println(report);
        json.write(report);
        return 0;
    }

    /** A reference is a byte and four bits of each component, and somewhat more; a probe is floats. */
    private void requireMemory(int dimension) {
        long largest = sizes.stream().mapToLong(Integer::longValue).max().orElseThrow();
        long bytes = largest * dimension * 3 / 2 + ((long) probes + searches) * dimension * Float.BYTES;
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new UserError("--sizes, --probes and --searches need %d MB of memory, of which there are %d"
                    .formatted(bytes >> 20, most >> 20));
        }
    }
}
