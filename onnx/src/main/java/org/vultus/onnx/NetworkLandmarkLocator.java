package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.LandmarkLocator;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/** Crops a square around the detector's box and reads 68 x, y pairs in 0–1 of the crop. */
final class NetworkLandmarkLocator implements LandmarkLocator, AutoCloseable {
    private final ImageInput input;
    private final TensorPacker packer;
    private final ModelSession session;

    NetworkLandmarkLocator(ModelPack pack, RuntimeOptions options) {
        PackManifest.Landmarks model = pack.manifest().landmarks();
        this.input = model.input();
        this.packer = new TensorPacker(input);
        this.session = ModelSession.load(
                pack,
                model,
                options,
                outputs -> List.of(Select.only(outputs, o -> o.elements() == 2 * Landmarks.COUNT, "136 values")
                        .name()));
    }

    @Override
    public Landmarks locate(RgbImage image, DetectedFace face) {
        Region crop = face.box().squared(1);
        try (RgbImage pixels = Resampling.crop(image, crop, input.width(), input.height())) {
            return session.run(tensor -> packer.pack(pixels, tensor), outputs -> read(outputs.getFirst(), crop));
        }
    }

    private static Landmarks read(FloatBuffer values, Region crop) {
        return new Landmarks(IntStream.range(0, Landmarks.COUNT)
                .mapToObj(i -> new Point(
                        crop.x() + values.get(2 * i) * crop.width(), crop.y() + values.get(2 * i + 1) * crop.height()))
                .toList());
    }

    @Override
    public void close() {
        session.close();
    }
}
