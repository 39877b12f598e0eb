package org.vultus.evaluation.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.evaluation.command.Engine;
import org.vultus.evaluation.protocol.PersonFolders;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;

/**
 * Somebody who signs in.
 *
 * @param username by which the person is enrolled
 * @param enrolment encoded images that an officer would take; empty where none are known
 * @param frames encoded frames that the camera repeats, as JPEG each time with another grain
 */
record Person(String username, List<byte[]> enrolment, List<byte[]> frames) {

    /** Faces that look away or are cut by the picture's edge, or whose person stands in another photo already. */
    private static final int LEAST_QUALITY = 50;

    /**
     * The frames of each person of a folder that holds one folder of images for each person.
     *
     * @throws UserError when nobody is to be seen in the frames of one of them, who would wait in vain
     */
    static List<Person> of(Path folder, Engine engine) throws IOException {
        List<Person> people = new ArrayList<>();
        try (Engine.Opened opened = engine.open()) {
            for (Map.Entry<String, List<String>> person :
                    PersonFolders.read(folder).entrySet()) {
                List<byte[]> frames = new ArrayList<>();
                for (String file : person.getValue()) {
                    frames.add(Files.readAllBytes(folder.resolve(file)));
                }
                if (frames.stream().noneMatch(frame -> showsSomebody(opened, frame))) {
                    throw new UserError("no frame in " + folder.resolve(person.getKey()) + " shows a face");
                }
                people.add(new Person(person.getKey(), List.of(), frames));
            }
        }
        return people;
    }

    private static boolean showsSomebody(Engine.Opened opened, byte[] frame) {
        return opened.face().describe(new CapturedSample(frame.clone()))
                        instanceof Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> faces)
                && !faces.isEmpty();
    }

    /** The better faces of the demo photos, each as a webcam would catch it. */
    static List<Person> ofDemoPhotos(Engine engine) {
        if (!Files.exists(DemoPhotos.path(1))) {
            throw new UserError("the demo photos are missing; give frames of your own: --frames DIR");
        }
        List<Person> people = new ArrayList<>();
        try (Engine.Opened opened = engine.open()) {
            for (int photo = 1; photo <= DemoPhotos.COUNT; photo++) {
                byte[] bytes = DemoPhotos.bytes(photo);
                if (!(opened.face().describe(new CapturedSample(bytes.clone()))
                        instanceof Outcome.Accepted<List<AssessedFace>>(List<AssessedFace> faces))) {
                    throw new IllegalStateException("demo photo " + photo + " cannot be read");
                }
                List<Region> boxes = faces.stream()
                        .filter(face -> face.quality().unified() >= LEAST_QUALITY)
                        .map(AssessedFace::face)
                        .map(DetectedFace::box)
                        .sorted(Comparator.comparingDouble(Region::centreX))
                        .toList();
                for (int i = 0; i < boxes.size(); i++) {
                    people.add(of("demo-%d-%d".formatted(photo, i + 1), bytes, boxes.get(i)));
                }
            }
        }
        return people;
    }

    private static Person of(String username, byte[] photo, Region face) {
        return new Person(
                username,
                List.of(
                        Capture.WEBCAM.of(photo, face),
                        Capture.WEBCAM.withFaceHeight(0.45).of(photo, face),
                        Capture.WEBCAM.withFaceHeight(0.5).withDegrees(3).of(photo, face),
                        Capture.WEBCAM.withGain(1.1).of(photo, face),
                        Capture.WEBCAM.withGain(0.92).withDegrees(-3).of(photo, face)),
                List.of(
                        Capture.WEBCAM.withFaceHeight(0.42).withDegrees(2).of(photo, face),
                        Capture.WEBCAM.withFaceHeight(0.43).withShiftX(0.02).of(photo, face),
                        Capture.WEBCAM.withFaceHeight(0.44).withGain(1.04).of(photo, face)));
    }
}
