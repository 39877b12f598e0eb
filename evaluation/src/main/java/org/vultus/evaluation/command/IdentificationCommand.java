package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.gallery.IdentificationStudy;
import org.vultus.evaluation.gallery.SyntheticFaces;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import org.vultus.onnx.ModelPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate identification}. */
@Command(
        name = "identification",
        description = "Measures TPIR at stated FPIRs in galleries of any size, filled up with synthetic identities.",
        footer = {
            "",
            "Of everybody with two photos or more the first is enrolled and the others are probes; who has one photo is a stranger. "
                    + "The other references are identities drawn from the mean and the covariance in the pack's embedding-basis.bin."
        })
final class IdentificationCommand implements Callable<Integer> {
    private static final long SEED = 19795;

    @Mixin
    private Engine engine = new Engine();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "A folder that holds one folder of photos for each person.")
    private Path images = Path.of("");

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "How many other references, separated by commas (default: ${DEFAULT-VALUE}).",
            defaultValue = "100,1000,5000,100000")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--galleries",
            paramLabel = "N",
            description = "In how many galleries of each size every probe is searched (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int galleries;

    @Mixin
    private JsonFile json = new JsonFile();

    @Option(names = "--threads", paramLabel = "N", description = "Photos at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        int[] ascending =
                sizes.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
        if (ascending[0] < 1 || galleries < 1 || threads < 1) {
            throw new UserError("--sizes, --galleries and --threads must be at least 1");
        }
        json.check();
        SortedMap<String, List<String>> people = PersonFolders.read(images);
        List<FeatureVector> probes = new ArrayList<>();
        List<FeatureVector> references = new ArrayList<>();
        List<FeatureVector> strangers = new ArrayList<>();
        List<IdentificationStudy.Size> results;
        try (Engine.Opened opened = engine.openWithoutLiveness()) {
            EmbeddingBasis basis = opened.pack()
                    .embeddingBasis()
                    .orElseThrow(() ->
                            new UserError("the model pack " + opened.pack().name() + " has no "
                                    + ModelPack.EMBEDDING_BASIS + "; make one with `vultus calibrate`"));
            ImageRun run = ImageRun.of(
                    people.values().stream().flatMap(List::stream).toList(),
                    file -> opened.evaluationProbe(images.resolve(file)),
                    threads);
            for (List<String> photos : people.values()) {
                List<FeatureVector> features = new ArrayList<>();
                for (String photo : photos) {
                    if (run.outcome(photo) instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe probe)) {
                        features.add(probe.features());
                    }
                }
                if (features.size() == 1) {
                    strangers.add(features.getFirst());
                }
                for (FeatureVector probe : features.subList(Math.min(1, features.size()), features.size())) {
                    probes.add(probe);
                    references.add(features.getFirst());
                }
            }
            if (probes.isEmpty()) {
                throw new UserError("nobody in " + images + " has two photos with a face");
            }
            results = IdentificationStudy.of(
                    probes,
                    references,
                    strangers,
                    new SyntheticFaces(basis, SEED),
                    ascending,
                    galleries,
                    opened.operatingPoints());
        }
        json.write(Json.write(results));
        results.forEach(this::print);
        return 0;
    }

    private void print(IdentificationStudy.Size size) {
        StringBuilder line = new StringBuilder("N = %,d, rank 1 %.2f %%"
                .formatted(size.distractors(), 100 * size.identification().rank1()));
        for (String rate : Arrays.asList("1e-2", "1e-3")) {
            line.append("; FPIR ").append(rate).append(": ");
            size.identification()
                    .fnirAtFpir()
                    .getOrDefault(rate, Optional.empty())
                    .ifPresentOrElse(
                            point -> line.append(String.format(
                                    Locale.ROOT, "TPIR %.2f %% at %.3f", 100 * (1 - point.fnir()), point.threshold())),
                            () -> line.append("not shown by so few searches"));
        }
        for (IdentificationStudy.Policy policy : size.policy()) {
            line.append(System.lineSeparator())
                    .append("  bound ")
                    .append(policy.bound())
                    .append(": ");
            if (policy.fmr().isEmpty()) {
                line.append("identification is off");
            } else {
                line.append(String.format(
                        Locale.ROOT,
                        "FMR %.0e, threshold %.3f, expected FPIR %.4f, measured FPIR %.4f, TPIR %.2f %%",
                        policy.fmr().orElseThrow(),
                        policy.threshold().orElseThrow(),
                        policy.expectedFpir().orElseThrow(),
                        policy.measuredFpir().orElseThrow(),
                        100 * policy.measuredTpir().orElseThrow()));
            }
        }
        spec.commandLine().getOut().println(line);
    }
}
