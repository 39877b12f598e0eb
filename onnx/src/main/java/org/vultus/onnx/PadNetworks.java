package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.liveness.PadEvidence;
import org.vultus.biometrics.liveness.PadObserver;

/**
 * Reads the liveness network on the way to its answer, once for the frame around the face and once for the face with what is near
 * it, and adds the texture that the extractor saw.
 */
final class PadNetworks implements PadObserver, AutoCloseable {

    /** What surrounds the face is looked at in the shape of a webcam's frame; squeezed portrait frames look like attacks. */
    private static final double ASPECT = 4.0 / 3;

    private final ImageInput input;
    private final TensorPacker packer;
    private final ModelSession session;

    /** @param value the inner value of the liveness network that is read */
    PadNetworks(ModelPack pack, String value, RuntimeOptions options) {
        PackManifest.Liveness network = pack.manifest().liveness();
        this.input = network.input();
        this.packer = new TensorPacker(input);
        this.session = ModelSession.load(
                pack,
                network,
                options,
                onnx -> GraphOutputs.only(onnx, List.of(value)),
                outputs -> List.of(
                        Select.only(outputs, o -> o.name().equals(value), value).name()));
    }

    @Override
    public PadEvidence observe(RgbImage image, DetectedFace face, double[] texture) {
        // Smoothed, other than the crop that the network was trained on: the aliases of a whole frame depend on the
        // camera.
        double[] wide = look(Resampling.crop(image, window(image, face.box()), input.width(), input.height()));
        double[] near = look(LinearResize.crop(
                image, NetworkLivenessEstimator.surroundings(image, face.box()), input.width(), input.height()));
        return new PadEvidence(
                Stream.of(wide, near, texture).flatMapToDouble(DoubleStream::of).toArray());
    }

    private double[] look(RgbImage crop) {
        try (crop) {
            return session.run(tensor -> packer.pack(crop, tensor), outputs -> {
                FloatBuffer inner = outputs.getFirst();
                double[] seen = new double[inner.limit()];
                for (int i = 0; i < seen.length; i++) {
                    seen[i] = inner.get(i);
                }
                return seen;
            });
        }
    }

    /** The largest window of a webcam's shape that the image has, around the face and inside the image. */
    static Region window(RgbImage image, Region box) {
        double width = Math.min(image.width(), image.height() * ASPECT);
        double height = width / ASPECT;
        // The upper bounds are never negative but by rounding.
        double x = Math.max(0, Math.min(box.centreX() - width / 2, image.width() - width));
        double y = Math.max(0, Math.min(box.centreY() - height / 2, image.height() - height));
        return new Region(x, y, width, height);
    }

    ImageInput input() {
        return input;
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
