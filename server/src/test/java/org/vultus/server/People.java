package org.vultus.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/** The people of the demo photos, as a camera would catch them. */
public final class People {
    private final byte[] photo;
    private final Region face;

    private People(byte[] photo, Region face) {
        this.photo = photo;
        this.face = face;
    }

    /** @param number of the photo from 1; @param fromLeft which face, from 1 */
    public static People of(int number, int fromLeft) {
        byte[] photo = DemoPhotos.bytes(number);
        try (FaceModels models = FaceModels.open(ModelPack.bundled())) {
            FaceEngine engine =
                    new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), StageObserver.NONE);
            if (!(engine.describe(new CapturedSample(photo.clone())) instanceof Outcome.Accepted<?>(List<?> faces))) {
                throw new AssertionError("no faces in demo photo " + number);
            }
            List<Region> boxes = faces.stream()
                    .map(face -> (AssessedFace) face)
                    .map(AssessedFace::face)
                    .map(DetectedFace::box)
                    .sorted(Comparator.comparingDouble(Region::centreX))
                    .toList();
            return new People(photo, boxes.get(fromLeft - 1));
        }
    }

    /** Captures as an officer would take them: a little nearer, turned, lighter. */
    public List<byte[]> enrolment() {
        List<byte[]> images = new ArrayList<>();
        for (Capture capture : List.of(
                Capture.WEBCAM,
                Capture.WEBCAM.withFaceHeight(0.45),
                Capture.WEBCAM.withFaceHeight(0.5).withDegrees(3),
                Capture.WEBCAM.withGain(1.1),
                Capture.WEBCAM.withGain(0.92).withDegrees(-3),
                Capture.WEBCAM.withShiftX(0.04))) {
            images.add(capture.of(photo, face));
        }
        return images;
    }

    /** Frames of another day. */
    public List<byte[]> signIn() {
        return List.of(
                Capture.WEBCAM
                        .withFaceHeight(0.42)
                        .withDegrees(2)
                        .withGain(0.97)
                        .of(photo, face),
                Capture.WEBCAM
                        .withFaceHeight(0.43)
                        .withDegrees(1)
                        .withShiftX(0.02)
                        .of(photo, face),
                Capture.WEBCAM.withFaceHeight(0.44).withGain(1.04).of(photo, face));
    }

    public byte[] caught(Capture capture) {
        return capture.of(photo, face);
    }

    /** The room without the person. */
    public byte[] emptyRoom() {
        return caught(Capture.WEBCAM.withFaceHeight(0.5).withShiftX(2));
    }

    byte[] inTheDark() {
        return Capture.WEBCAM.withGain(0.02).of(photo, face);
    }

    byte[] blurred() {
        return Capture.WEBCAM.withBlur(14).of(photo, face);
    }
}
