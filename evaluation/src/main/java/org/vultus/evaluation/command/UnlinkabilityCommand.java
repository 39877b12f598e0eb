package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.evaluation.gallery.UnlinkabilityStudy;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import org.vultus.onnx.ModelPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus evaluate unlinkability}. */
@Command(
        name = "unlinkability",
        description =
                "Measures what vectors under the keyed transform give away without the key (after ISO/IEC 24745).",
        footer = {
            "",
            "With synthetic identities, drawn from the mean and the covariance in the pack's embedding-basis.bin."
        })
final class UnlinkabilityCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Folder of a model pack with embedding-basis.bin; by default the one that is shipped.")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--people",
            paramLabel = "N",
            description = "How many identities (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000")
    private int people;

    @Option(
            names = "--keys",
            paramLabel = "N",
            description = "How many pairs of keys, and guesses at one (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int keys;

    @Mixin
    private JsonFile json = new JsonFile();

    @Override
    public Integer call() throws IOException {
        if (people < 100 || keys < 1) {
            throw new UserError("--people must be at least 100 and --keys at least 1");
        }
        json.check();
        ModelPack pack = models.map(ModelPack::open).orElseGet(ModelPack::bundled);
        EmbeddingBasis basis = pack.embeddingBasis()
                .orElseThrow(() -> new UserError("the model pack " + pack.name() + " has no "
                        + ModelPack.EMBEDDING_BASIS + "; make one with `vultus calibrate`"));
        OperatingPoints scale = pack.operatingPoints()
                .orElseThrow(() -> new UserError("the model pack " + pack.name()
                        + " has no operating-points.json; make one with `vultus calibrate`"));
        String report = Json.write(
                UnlinkabilityStudy.of(basis, people, keys, scale.defaultPoint().threshold()));
        spec.commandLine().getOut().println(report);
        json.write(report);
        return 0;
    }
}
