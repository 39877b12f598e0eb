package org.vultus.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/** Captures of people of the demo photos, of whom it is known who is who. */
final class People implements AutoCloseable {
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private final FaceModels models = FaceModels.open(ModelPack.bundled());

    /** Writes a capture of one face, counted from the left from 1. */
    Path capture(Path file, Capture capture, int photo, int face) throws IOException {
        byte[] group = DemoPhotos.bytes(photo);
        Region box = switch (decoder.decode(new CapturedSample(group))
                .map(image -> boxes(models.ports().detector().detect(image.pixels())))) {
            case Outcome.Accepted<List<Region>>(List<Region> boxes) -> boxes.get(face - 1);
            case Outcome.Refused<List<Region>>(var refusal) -> throw new AssertionError(refusal);
        };
        Files.createDirectories(file.getParent());
        return Files.write(file, capture.of(group, box));
    }

    private static List<Region> boxes(List<DetectedFace> faces) {
        return faces.stream()
                .map(DetectedFace::box)
                .sorted(Comparator.comparingDouble(Region::centreX))
                .toList();
    }

    @Override
    public void close() {
        models.close();
    }
}
