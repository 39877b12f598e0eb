package org.vultus.onnx;

import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FaceDetector;
import org.vultus.biometrics.detect.NonMaximumSuppression;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/** Letterboxes the image, runs the detector, decodes its outputs and suppresses duplicates. */
final class NetworkFaceDetector implements FaceDetector, AutoCloseable {
    private final PackManifest.Detector model;
    private final BoxDecoder decoder;
    private final TensorPacker packer;
    private final ModelSession session;

    NetworkFaceDetector(ModelPack pack, RuntimeOptions options) {
        this.model = pack.manifest().detector();
        ImageInput input = model.input();
        this.decoder = BoxDecoder.of(model.decoder(), input.width(), input.height());
        this.packer = new TensorPacker(input);
        this.session = ModelSession.load(pack, model, options, decoder::select);
    }

    @Override
    public List<DetectedFace> detect(RgbImage image) {
        ImageInput input = model.input();
        Letterbox letterbox = Letterbox.of(image, input);
        List<DetectedFace> candidates;
        try (RgbImage scaled = Resampling.crop(image, letterbox.region(), input.width(), input.height())) {
            candidates = session.run(
                    tensor -> packer.pack(scaled, tensor), outputs -> decoder.decode(outputs, model.scoreThreshold()));
        }
        return NonMaximumSuppression.suppress(candidates, model.nmsThreshold()).stream()
                .map(letterbox::toImage)
                .toList();
    }

    ModelSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
