package org.vultus.evaluation.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vultus.biometrics.decide.ComparisonDecision;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.embed.FaceReading;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.DecodedImage;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ModelPorts;
import org.vultus.biometrics.quality.QualityAssessment;
import org.vultus.biometrics.quality.QualityAssessor;
import org.vultus.biometrics.quality.QualityPolicy;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;

/**
 * The stages one by one as {@link FaceEngine} runs them, the whole pipeline from JPEG to decision, and the networks alone on
 * inputs that are already prepared. Every benchmark does the work of one photo.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EngineBenchmark {

    /** A JPEG of 1280×720 pixels with one face. */
    @Param("")
    public String photo = "";

    /** The folder of a model pack; empty for the one that is shipped. */
    @Param("")
    public String pack = "";

    private final QualityAssessor assessor = new QualityAssessor();
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private @Nullable Fixture opened;

    /** Without the passive check: its networks do not run, and the extractor gives no texture for it. */
    @Param("false")
    public boolean recognitionOnly;

    /** What the benchmarks work on: the models, and the results of every stage on the photo. */
    private record Fixture(
            FaceModels models,
            ModelPorts ports,
            FaceEngine engine,
            OperatingPoints points,
            byte[] jpeg,
            RgbImage image,
            DetectedFace face,
            Landmarks landmarks,
            FaceReading reading,
            FeatureVector reference) {}

    @Setup(Level.Trial)
    public void open() throws IOException {
        ModelPack modelPack = pack.isEmpty() ? ModelPack.bundled() : ModelPack.open(Path.of(pack));
        FaceModels models = recognitionOnly ? FaceModels.openWithoutHead(modelPack) : FaceModels.open(modelPack);
        ModelPorts ports = recognitionOnly ? withoutLiveness(models.ports()) : models.ports();
        FaceEngine engine = new FaceEngine(decoder, ports, StageObserver.NONE);
        byte[] jpeg = Files.readAllBytes(Path.of(photo));
        RgbImage image = accepted(decoder.decode(new CapturedSample(jpeg))).pixels();
        DetectedFace face =
                accepted(FaceSelection.SingleFace.STRICT.select(ports.detector().detect(image), image));
        Landmarks landmarks = ports.landmarks().locate(image, face);
        FaceReading reading = ports.read(image, landmarks, Sides.BOTH);
        FeatureVector reference = accepted(reading.features());
        opened = new Fixture(
                models,
                ports,
                engine,
                models.operatingPoints()
                        .orElseThrow(() -> new IllegalStateException("this model pack has no operating points")),
                jpeg,
                image,
                face,
                landmarks,
                reading,
                reference);
    }

    private static ModelPorts withoutLiveness(ModelPorts ports) {
        LivenessScore unseen = new LivenessScore(1);
        return new ModelPorts(
                ports.detector(),
                ports.landmarks(),
                ports.pose(),
                ports.eyes(),
                (image, face, texture) -> unseen,
                ports.extractor());
    }

    @TearDown(Level.Trial)
    public void close() {
        fixture().models().close();
    }

    @Benchmark
    public int decode() {
        try (DecodedImage image =
                accepted(decoder.decode(new CapturedSample(fixture().jpeg())))) {
            return image.pixels().width();
        }
    }

    @Benchmark
    public List<DetectedFace> detect() {
        return fixture().ports().detector().detect(fixture().image());
    }

    @Benchmark
    public Landmarks landmarks() {
        return fixture().ports().landmarks().locate(fixture().image(), fixture().face());
    }

    @Benchmark
    public QualityAssessment quality() {
        return assessor.assess(
                fixture().image(),
                fixture().face(),
                fixture().landmarks(),
                fixture()
                        .ports()
                        .headPose(fixture().image(), fixture().face(), fixture().landmarks()),
                fixture().ports().eyes().estimate(fixture().image(), fixture().landmarks()));
    }

    @Benchmark
    public LivenessScore liveness() {
        return fixture()
                .ports()
                .liveness()
                .estimate(
                        fixture().image(), fixture().face(), fixture().reading().texture());
    }

    @Benchmark
    public FeatureVector embed() {
        return accepted(fixture()
                .ports()
                .read(fixture().image(), fixture().landmarks(), Sides.BOTH)
                .features());
    }

    @Benchmark
    public ComparisonDecision pipeline() {
        return accepted(fixture()
                .engine()
                .probe(new CapturedSample(fixture().jpeg()), FaceSelection.SingleFace.STRICT, QualityPolicy.SIGN_IN)
                .then(probe -> fixture()
                        .engine()
                        .compare(
                                probe,
                                fixture().reference(),
                                fixture().points().defaultPoint(),
                                fixture().points())));
    }

    @Benchmark
    public void modelOnly() {
        if (recognitionOnly) {
            fixture().models().runBareWithoutLiveness();
        } else {
            fixture().models().runBare();
        }
    }

    private Fixture fixture() {
        return Objects.requireNonNull(opened);
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) ->
                throw new IllegalArgumentException("the photo is of no use: " + refusal.detail());
        };
    }
}
