package org.vultus.onnx;

import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.LivenessEstimator;
import org.vultus.biometrics.liveness.LivenessScore;

/** Crops the face with what surrounds it and reads three logits, of which the first is bona fide (MiniFASNet). */
final class NetworkLivenessEstimator implements LivenessEstimator, AutoCloseable {

    /** Side of the crop over side of the box, as the default network's own code crops. */
    private static final double CROP = 2.7;

    /**
     * The network is far too sure of itself: the thresholds that serve a trained head are where its log-odds are lower by this
     * much (0.05 for its 0.0025).
     */
    private static final double MODESTY = 3.04;

    private static final int CLASSES = 3;
    private static final int BONA_FIDE = 0;

    private final ImageInput input;
    private final TensorPacker packer;
    private final ModelSession session;

    NetworkLivenessEstimator(ModelPack pack, RuntimeOptions options) {
        PackManifest.Liveness model = pack.manifest().liveness();
        this.input = model.input();
        this.packer = new TensorPacker(input);
        this.session = ModelSession.load(
                pack,
                model,
                options,
                outputs -> List.of(Select.only(outputs, o -> o.is(1, CLASSES), CLASSES + " values")
                        .name()));
    }

    @Override
    public LivenessScore estimate(RgbImage image, DetectedFace face, double[] texture) {
        try (RgbImage pixels =
                LinearResize.crop(image, surroundings(image, face.box()), input.width(), input.height())) {
            return session.run(
                    tensor -> packer.pack(pixels, tensor),
                    outputs ->
                            LivenessScore.ofLogOdds(Softmax.logOdds(outputs.getFirst(), CLASSES, BONA_FIDE) + MODESTY));
        }
    }

    /**
     * The box {@value #CROP} times as large, or as much of that as the image has room for, moved inside the image: black
     * borders would look like the frame of a screen.
     */
    static Region surroundings(RgbImage image, Region box) {
        Region crop = box.scaled(Math.min(CROP, Math.min(image.width() / box.width(), image.height() / box.height())));
        // The upper bounds are never negative but by rounding.
        double x = Math.max(0, Math.min(crop.x(), image.width() - crop.width()));
        double y = Math.max(0, Math.min(crop.y(), image.height() - crop.height()));
        return new Region(x, y, crop.width(), crop.height());
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
