package org.vultus.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.vultus.biometrics.decide.OperatingPoints;
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

    /**
     * What scores the liveness of a frame: a trained head on what the networks see, or the liveness network alone where there
     * is no head.
     */
    private record Liveness(LivenessEstimator estimator, Runnable runBare) {}

    private FaceModels(ModelPack pack, RuntimeOptions options, Optional<PadHeadFile> head) {
        this.pack = pack;
        try {
            this.detector = keep(new NetworkFaceDetector(pack, options));
            this.landmarks = keep(new NetworkLandmarkLocator(pack, options));
            this.pose = keep(new NetworkHeadPoseEstimator(pack, options));
            this.eyes = keep(new NetworkEyeStateEstimator(pack, options));
            this.liveness = head.map(file -> withHead(file, options)).orElseGet(() -> alone(options));
            this.extractor = keep(new NetworkFeatureExtractor(pack, options));
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
     * Loads every network of the pack; liveness is scored by its network alone.
     *
     * @throws ModelPackException when a file is missing, damaged, or not a network of its role
     */
    public static FaceModels open(ModelPack pack, RuntimeOptions options) {
        return new FaceModels(pack, options, Optional.empty());
    }

    /** The same on the CPU with one thread per call, with a head that scores liveness. */
    public static FaceModels open(ModelPack pack, PadHeadFile head) {
        return new FaceModels(pack, RuntimeOptions.DEFAULT, Optional.of(head));
    }

    /** The same on the CPU with one thread per call. */
    public static FaceModels open(ModelPack pack) {
        return open(pack, RuntimeOptions.DEFAULT);
    }

    /** The networks as the pipeline wants them. */
    public ModelPorts ports() {
        return new ModelPorts(detector, landmarks, pose, eyes, liveness.estimator(), extractor);
    }

    /**
     * What a head of the passive check can be trained on: the evidence that it weighs. Another load of two networks, closed with
     * these.
     *
     * @throws ModelPackException when the networks of this pack do not have these values
     */
    public PadObserver observer(PadHeadFile.Values values) {
        return keep(new PadNetworks(pack, values, RuntimeOptions.DEFAULT));
    }

    private Liveness withHead(PadHeadFile file, RuntimeOptions options) {
        PadNetworks networks = keep(new PadNetworks(pack, file.values(), options));
        PadHead head = file.head();
        try {
            networks.tryOut(head);
        } catch (IllegalArgumentException e) {
            throw new ModelPackException(
                    pack.describe(ModelPack.PAD_HEAD),
                    String.valueOf(e.getMessage()),
                    "Use a head that was trained with this model pack",
                    e);
        }
        return new Liveness((image, face) -> head.score(networks.observe(image, face)), networks::runBare);
    }

    private Liveness alone(RuntimeOptions options) {
        NetworkLivenessEstimator network = keep(new NetworkLivenessEstimator(pack, options));
        return new Liveness(network, () -> network.session().runBare(1));
    }

    /**
     * Runs every network as often as the pipeline does for one photo, on whatever its input tensor holds, and reads nothing:
     * the time that no code around the networks can save. Also warms them up.
     */
    public void runBare() {
        detector.session().runBare(1);
        landmarks.session().runBare(2);
        pose.session().runBare(1);
        eyes.session().runBare(2);
        liveness.runBare().run();
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
