package org.vultus.evaluation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ModelPorts;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;
import picocli.CommandLine.Option;

/** The option {@code --models}, and the engine that it chooses. */
public final class Engine {

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Folder of a model pack (model-pack.yaml and its files); by default the one that is shipped.")
    private Optional<Path> models = Optional.empty();

    /** An engine with its models loaded. */
    public record Opened(ModelPack pack, FaceModels models, ImageDecoder decoder, FaceEngine face)
            implements AutoCloseable {

        public ExtractorId extractor() {
            return pack.extractor();
        }

        /** @throws UserError when the pack was never calibrated */
        public OperatingPoints operatingPoints() {
            return models.operatingPoints()
                    .orElseThrow(() -> new UserError("the model pack " + pack.name()
                            + " has no operating-points.json; make one with `vultus calibrate`"));
        }

        /**
         * The probe of an evaluation photo, whose subject is the face in the middle. No quality is asked for: what a policy
         * would refuse is part of what is measured.
         */
        public Outcome<BiometricProbe> evaluationProbe(Path file) {
            return Opened.read(file).then(sample -> {
                try (sample) {
                    return face.probe(sample, new FaceSelection.MostCentral(), QualityPolicy.ANY);
                }
            });
        }

        /**
         * A file's bytes. No more than the limit is read of a file that is too long.
         *
         * @throws UserError when there is no such file
         */
        static Outcome<CapturedSample> read(Path file) {
            try {
                long size = Files.size(file);
                if (size > ImageLimits.DEFAULT.maxBytes()) {
                    return Outcome.refused(
                            Reason.TOO_MANY_BYTES,
                            "%d bytes; at most %d are read".formatted(size, ImageLimits.DEFAULT.maxBytes()));
                }
                return Outcome.accepted(new CapturedSample(Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                throw new UserError(file + " does not exist");
            } catch (IOException e) {
                throw new UserError(file + " cannot be read: " + e.getMessage());
            }
        }

        @Override
        public void close() {
            models.close();
        }
    }

    /**
     * Says that a file is not there before any other is looked at.
     *
     * @throws UserError when there is no such file
     */
    public static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
    }

    /** The whole pipeline, as a server runs it. */
    public Opened open() {
        ModelPack pack = pack();
        return opened(pack, FaceModels.open(pack), ports -> ports);
    }

    /** The same with a head of the passive check: one of a file, or the pack's own. */
    public Opened openWithHead(Optional<Path> head) {
        ModelPack pack = pack();
        return opened(
                pack,
                head.map(file -> FaceModels.open(pack, PadHeadFile.read(file, pack)))
                        .orElseGet(() -> FaceModels.open(pack)),
                ports -> ports);
    }

    /** The same for commands that train a head of the passive check on inner values of the networks. */
    public Opened openToObserve(PadHeadFile.Values values) {
        ModelPack pack = pack();
        return opened(pack, FaceModels.openToObserve(pack, values), ports -> ports);
    }

    /**
     * The same for commands that ask who a face is and never whether it is live: the liveness of their probes costs nothing and
     * is 0, which no check takes for bona fide.
     */
    public Opened openWithoutLiveness() {
        ModelPack pack = pack();
        return opened(
                pack,
                FaceModels.openWithoutHead(pack),
                ports -> new ModelPorts(
                        ports.detector(),
                        ports.landmarks(),
                        ports.pose(),
                        ports.eyes(),
                        (image, face, texture) -> new LivenessScore(0),
                        ports.extractor()));
    }

    private ModelPack pack() {
        return models.map(ModelPack::open).orElseGet(ModelPack::bundled);
    }

    private static Opened opened(ModelPack pack, FaceModels loaded, UnaryOperator<ModelPorts> chosen) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        return new Opened(
                pack, loaded, decoder, new FaceEngine(decoder, chosen.apply(loaded.ports()), StageObserver.NONE));
    }

    /** The folder that {@code --models} names, absolute; empty for the pack that is shipped. */
    public Optional<Path> folder() {
        return models.map(Path::toAbsolutePath);
    }
}
