package org.vultus.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.embed.AlignedFace;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessEstimator;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.biometrics.liveness.PadObserver;
import org.vultus.biometrics.pipeline.ModelPorts;

/**
 * The networks of one model pack, loaded and tried out, behind the ports of the pipeline. Each may be called from any number
 * of threads at once, and calls do not wait for each other. After {@link #close()}, which waits for the calls that
 * run, they throw {@link IllegalStateException}.
 */
public final class FaceModels implements AutoCloseable {
    private final Deque<AutoCloseable> loaded = new ArrayDeque<>();
    private final ModelPack pack;
    private final NetworkFaceDetector detector;
    private final NetworkLandmarkLocator landmarks;
    private final NetworkHeadPoseEstimator pose;
    private final NetworkEyeStateEstimator eyes;
    private final Liveness liveness;
    private final NetworkFeatureExtractor extractor;
    private final Optional<PadNetworks> observer;

    /**
     * What scores the liveness of a frame: a trained head on what the networks see, or the liveness network alone where there
     * is no head.
     */
    private record Liveness(LivenessEstimator estimator, Runnable runBare) {}

    private FaceModels(
            ModelPack pack, RuntimeOptions options, Optional<PadHeadFile.Values> values, Optional<PadHeadFile> head) {
        this.pack = pack;
        try {
            this.detector = keep(new NetworkFaceDetector(pack, options));
            this.landmarks = keep(new NetworkLandmarkLocator(pack, options));
            this.pose = keep(new NetworkHeadPoseEstimator(pack, options));
            this.eyes = keep(new NetworkEyeStateEstimator(pack, options));
            this.extractor = keep(new NetworkFeatureExtractor(
                    pack, options, values.map(PadHeadFile.Values::texture).orElse(List.of())));
            this.observer = values.map(v -> keep(new PadNetworks(pack, v.context(), options)));
            this.liveness = head.map(this::withHead).orElseGet(() -> alone(options));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where they came from. */
    public ModelPack pack() {
        return pack;
    }

    /**
     * Loads every network of the pack, on the CPU with one thread per call. Liveness is scored by the pack's own head, or by its
     * network alone where it has none.
     *
     * @throws ModelPackException when a file is missing, damaged, or not a network of its role
     */
    public static FaceModels open(ModelPack pack) {
        return pack.padHead().map(head -> open(pack, head)).orElseGet(() -> openWithoutHead(pack));
    }

    /** The same with another head. */
    public static FaceModels open(ModelPack pack, PadHeadFile head) {
        return new FaceModels(pack, RuntimeOptions.DEFAULT, Optional.of(head.values()), Optional.of(head));
    }

    /** The same with liveness scored by the network alone. */
    public static FaceModels openWithoutHead(ModelPack pack) {
        return new FaceModels(pack, RuntimeOptions.DEFAULT, Optional.empty(), Optional.empty());
    }

    /**
     * The same for training a head: liveness is scored by the network alone, and {@link #observer()} is there.
     *
     * @throws ModelPackException when the networks of this pack do not have these values
     */
    public static FaceModels openToObserve(ModelPack pack, PadHeadFile.Values values) {
        return new FaceModels(pack, RuntimeOptions.DEFAULT, Optional.of(values), Optional.empty());
    }

    /** The networks as the pipeline wants them. */
    public ModelPorts ports() {
        return new ModelPorts(detector, landmarks, pose, eyes, liveness.estimator(), extractor);
    }

    /**
     * What a head of the passive check can be trained on: the evidence that it weighs.
     *
     * @throws IllegalStateException when these were not opened to observe, nor with a head
     */
    public PadObserver observer() {
        return observer.orElseThrow(() -> new IllegalStateException("not opened to observe"));
    }

    private Liveness withHead(PadHeadFile file) {
        PadNetworks networks = observer.orElseThrow();
        PadHead head = file.head();
        try {
            RgbImage black =
                    new RgbImage(networks.input().width(), networks.input().height());
            DetectedFace face = new DetectedFace(Region.of(black).scaled(0.5), 1, Optional.empty());
            double[] texture = extractor
                    .read(new AlignedFace(new RgbImage(AlignedFace.SIZE, AlignedFace.SIZE)), Sides.BOTH)
                    .texture();
            head.score(networks.observe(black, face, texture));
        } catch (IllegalArgumentException e) {
            throw new ModelPackException(
                    pack.describe(ModelPack.PAD_HEAD),
                    String.valueOf(e.getMessage()),
                    "Use a head that was trained with this model pack",
                    e);
        }
        return new Liveness(
                (image, face, texture) -> head.score(networks.observe(image, face, texture)),
                () -> networks.session().runBare(2));
    }

    private Liveness alone(RuntimeOptions options) {
        NetworkLivenessEstimator network = keep(new NetworkLivenessEstimator(pack, options));
        return new Liveness(network, () -> network.session().runBare(1));
    }

    /**
     * Runs every network as often as the pipeline does for one photo of a face that looks straight ahead, so all but the one that tells
     * the pose, on whatever its input tensor holds, and reads nothing: the time that no code around the networks can save. Also warms
     * them up.
     */
    public void runBare() {
        runBareWithoutLiveness();
        liveness.runBare().run();
    }

    /** The same but for the passive check. */
    public void runBareWithoutLiveness() {
        detector.session().runBare(1);
        landmarks.session().runBare(2);
        eyes.session().runBare(2);
        extractor.session().runBare(2);
    }

    /** The calibrated thresholds of the extractor; empty until the pack is calibrated. */
    public Optional<OperatingPoints> operatingPoints() {
        return pack.operatingPoints();
    }

    @Override
    public void close() {
        while (!loaded.isEmpty()) {
            try {
                loaded.pop().close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T model) {
        loaded.push(model);
        return model;
    }
}
