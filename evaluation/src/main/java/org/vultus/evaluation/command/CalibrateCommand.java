package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.OutputFile;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Calibration;
import org.vultus.evaluation.report.Json;
import org.vultus.onnx.ModelPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vultus calibrate}. */
@Command(
        name = "calibrate",
        description = "Computes thresholds for stated false match rates from your own photos.",
        footer = {
            "",
            "Every photo is compared with every other; put the file, and the embedding-basis.bin that is written with it, beside model-pack.yaml to use it. A threshold that the "
                    + "number of photos cannot show (fewer than 3/FMR comparisons of two people) is extrapolated and marked as "
                    + "not demonstrated; with fewer than 300 there is none."
        })
public final class CalibrateCommand implements Callable<Integer> {

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

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: operating-points.json here).")
    private Path out = Path.of("operating-points.json");

    @Option(names = "--source", paramLabel = "TEXT", description = "What the photos are, for the record in the file.")
    private String source = "photos of this site";

    @Option(names = "--threads", paramLabel = "N", description = "Photos at a time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        SortedMap<String, List<String>> people = PersonFolders.read(images);
        if (threads < 1) {
            throw new UserError("--threads must be at least 1");
        }
        Path folder = OutputFile.folderOf(out);
        Calibration calibration;
        try (Engine.Opened opened = engine.openWithoutLiveness()) {
            ImageRun run = ImageRun.of(
                    people.values().stream().flatMap(List::stream).toList(),
                    file -> opened.evaluationProbe(images.resolve(file)),
                    threads);
            calibration = calibrate(people, run);
        }
        Files.writeString(out, Json.write(calibration) + System.lineSeparator());
        Path basis = folder.resolve(ModelPack.EMBEDDING_BASIS);
        Files.write(basis, calibration.basis().write());
        calibration
                .points()
                .forEach(point -> spec.commandLine()
                        .getOut()
                        .printf(
                                Locale.ROOT,
                                "FMR %.0e: threshold %.4f, FNMR %.3f %%%s%n",
                                point.fmr(),
                                point.threshold(),
                                100 * point.fnmr(),
                                point.demonstrated() ? "" : " (extrapolated)"));
        spec.commandLine().getOut().println("Written to " + out + " and " + basis);
        return 0;
    }

    private Calibration calibrate(SortedMap<String, List<String>> people, ImageRun run) {
        List<FeatureVector> features = new ArrayList<>();
        List<Integer> person = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, List<String>> entry : people.entrySet()) {
            for (String image : entry.getValue()) {
                if (run.outcome(image) instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe probe)) {
                    features.add(probe.features());
                    person.add(number);
                }
            }
            number++;
        }
        return Calibration.of(
                source, features, person.stream().mapToInt(Integer::intValue).toArray());
    }
}
