package org.vultus.onnx;

import java.util.List;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.EyeStateEstimator;

/** Crops a square around each eye and reads two logits, closed and open. */
final class NetworkEyeStateEstimator implements EyeStateEstimator, AutoCloseable {

    /** Side of the crop over the width of the eye, as the default network's own code crops. */
    private static final double CROP = 1.6;

    private final ImageInput input;
    private final TensorPacker packer;
    private final ModelSession session;

    NetworkEyeStateEstimator(ModelPack pack, RuntimeOptions options) {
        PackManifest.Eyes model = pack.manifest().eyes();
        this.input = model.input();
        this.packer = new TensorPacker(input);
        this.session = ModelSession.load(
                pack,
                model,
                options,
                outputs -> List.of(
                        Select.only(outputs, o -> o.elements() == 2, "2 values").name()));
    }

    @Override
    public EyeState estimate(RgbImage image, Landmarks landmarks) {
        return new EyeState(open(image, landmarks, 36), open(image, landmarks, 42));
    }

    /** @param corner index of the first of the eye's six points; the fourth is its other corner */
    private double open(RgbImage image, Landmarks landmarks, int corner) {
        Point centre = landmarks.mean(corner, corner + 5);
        // Never nothing, however the landmarks fell.
        double side = Math.max(1, CROP * landmarks.point(corner).distance(landmarks.point(corner + 3)));
        Region crop = new Region(centre.x() - side / 2, centre.y() - side / 2, side, side);
        try (RgbImage pixels = Resampling.crop(image, crop, input.width(), input.height())) {
            return session.run(
                    tensor -> packer.pack(pixels, tensor), outputs -> Softmax.expectedIndex(outputs.getFirst(), 2));
        }
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
