package org.vultus.biometrics.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/** Which of the detected faces an attempt is about. */
public sealed interface FaceSelection {

    /**
     * The face, or {@code NO_FACE}, or {@code SEVERAL_FACES} where the rule allows only one.
     *
     * @param faces what the detector found in {@code image}
     */
    Outcome<DetectedFace> select(List<DetectedFace> faces, RgbImage image);

    /**
     * The rule for sign-in and enrolment: exactly one face. Somebody far behind the person may be tolerated.
     *
     * @param toleratedArea the largest area of another face, as a share of the chosen one's, that is ignored; 0 tolerates
     *     nobody
     */
    record SingleFace(double toleratedArea) implements FaceSelection {

        /** Nobody else in the picture. */
        public static final SingleFace STRICT = new SingleFace(0);

        /** People well behind: a face a quarter as wide and high is at four times the distance. */
        public static final SingleFace TOLERATE_BACKGROUND = new SingleFace(1.0 / 16);

        public SingleFace {
            if (!(toleratedArea >= 0 && toleratedArea < 1)) {
                throw new IllegalArgumentException("toleratedArea " + toleratedArea);
            }
        }

        @Override
        public Outcome<DetectedFace> select(List<DetectedFace> faces, RgbImage image) {
            if (faces.isEmpty()) {
                return noFace();
            }
            DetectedFace largest = faces.stream()
                    .max(Comparator.comparingDouble(DetectedFace::area))
                    .orElseThrow();
            long others = faces.stream()
                    .filter(f -> !f.equals(largest) && f.area() > toleratedArea * largest.area())
                    .count();
            return others == 0
                    ? Outcome.accepted(largest)
                    : Outcome.refused(
                            Reason.SEVERAL_FACES,
                            String.format(Locale.ROOT, "%d faces; exactly one is wanted", others + 1));
        }
    }

    /**
     * The rule for evaluation photos, whose subject stands in the middle: the face whose centre is nearest to the centre of
     * the image. Not for attempts of people at a camera.
     */
    record MostCentral() implements FaceSelection {

        @Override
        public Outcome<DetectedFace> select(List<DetectedFace> faces, RgbImage image) {
            return faces.stream()
                    .min(Comparator.comparingDouble(f -> Math.hypot(
                            f.box().centreX() - image.width() / 2.0, f.box().centreY() - image.height() / 2.0)))
                    .map(Outcome::accepted)
                    .orElseGet(FaceSelection::noFace);
        }
    }

    private static Outcome<DetectedFace> noFace() {
        return Outcome.refused(Reason.NO_FACE, "no face was found");
    }
}
