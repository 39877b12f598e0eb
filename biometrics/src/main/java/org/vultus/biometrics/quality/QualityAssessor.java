package org.vultus.biometrics.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Advice;

/**
 * Judges how fit a face is for comparison, after the components of ISO/IEC 29794-5. Each native measurement becomes a score
 * from 0 to 100 by a curve that stands below; a score under {@value #ADVICE_BELOW} comes with advice.
 *
 * <p>The unified score is {@code 100 · √(min mᵢ · geometric mean of all mᵢ)} with {@code mᵢ = 1 − impactᵢ · (1 − scoreᵢ / 100)}:
 * the weakest link counts as much as all links together, and one useless component makes a useless face. The impact is that
 * of {@link QualityComponent#impact()}. It rises with every component and never falls.
 *
 * <p>Stateless, safe for several threads. Scratch pixels are wiped before {@link #assess} returns.
 */
public final class QualityAssessor {
    /** A component under this score comes with advice. */
    public static final int ADVICE_BELOW = 50;

    // 15 to 70 % of the frame is what a kiosk or a webcam at arm's length gives; both ends just pass.
    private static final Curve FACE_SIZE = Curve.through(0.05, 0, 0.15, 50, 0.25, 100, 0.60, 100, 0.72, 50, 0.95, 0);
    private static final double LARGE_FACE = 0.45;

    // ISO/IEC 19794-5 recommends 90 pixels. Extractors see the eyes 35 pixels apart: with fewer the crop is enlarged.
    private static final Curve INTER_EYE_DISTANCE = Curve.through(15, 0, 35, 50, 60, 80, 90, 100);

    // A face off the middle compares as well; at 0.3 diagonals it is about to leave the picture.
    private static final Curve CENTRING = Curve.through(0.15, 100, 0.30, 50, 0.45, 0);

    // Detector boxes hold the forehead and chin with little to spare: a tenth outside is taken to be a chin or a brow
    // (chosen).
    private static final Curve CROP = Curve.through(0.75, 0, 0.90, 50, 0.98, 100);

    // Degrees. ISO/IEC 19794-5 asks ±5 of a passport photo; the bands here are chosen, not fitted to errors.
    private static final Curve YAW = Curve.through(12, 100, 32, 50, 55, 0);
    private static final Curve PITCH = Curve.through(12, 100, 28, 50, 45, 0);
    // Alignment undoes a roll; landmarks and detection suffer from it.
    private static final Curve ROLL = Curve.through(15, 100, 35, 50, 70, 0);

    // Press photos and group photos lie between 0.57 and 0.88. Blurred with a sigma of 0.04 of the distance between the
    // eyes
    // (1.4 pixels of the extractor's input) they fall to 0.54, of 0.06 to 0.45, of 0.09 to 0.36; sensor noise of 10
    // grey
    // levels does not move them.
    private static final Curve SHARPNESS = Curve.through(0.25, 0, 0.46, 50, 0.60, 100);

    // Luminance 0–255. Wide on the dark side, so that dark skin in good light is not called dark.
    private static final Curve BRIGHTNESS = Curve.through(15, 0, 40, 50, 65, 100, 190, 100, 225, 50, 245, 0);
    private static final Curve CLIPPED_DARK = Curve.through(0.25, 100, 0.5, 50, 0.8, 0);
    private static final Curve CLIPPED_BRIGHT = Curve.through(0.08, 100, 0.25, 50, 0.5, 0);
    private static final double MIDDLE_GREY = 128;

    // Press photos lie between 74 and 214.
    private static final Curve CONTRAST = Curve.through(15, 0, 40, 50, 75, 100);

    // Nineteen in twenty press photos are above 0.67; the same with one half at a quarter of its level: 0.21 to 0.38.
    private static final Curve LIGHT_UNIFORMITY = Curve.through(0.25, 0, 0.5, 50, 0.75, 100);

    // Eye aspect ratio (Soukupová and Čech, 2016): about 0.3 open; on a recorded blink from 0.38 down to 0.22.
    private static final Curve EYE_ASPECT = Curve.through(0.15, 0, 0.25, 1);
    private static final Curve EYES_OPEN = Curve.through(0.1, 0, 0.45, 50, 0.8, 100);

    // Inner lips: height over width. Nineteen in twenty press photos are below 0.30.
    private static final Curve MOUTH_CLOSED = Curve.through(0.15, 100, 0.4, 50, 0.8, 0);

    /**
     * @param image the whole upright photo
     * @param face the face to judge, found in that photo
     */
    public QualityAssessment assess(
            RgbImage image, DetectedFace face, Landmarks landmarks, HeadPose pose, EyeState eyes) {
        List<ComponentScore> scores = new ArrayList<>(QualityComponent.values().length);
        geometry(image, face, landmarks, scores);
        double yaw = Math.abs(pose.yaw());
        double pitch = Math.abs(pose.pitch());
        double roll = Math.abs(pose.roll());
        scores.add(score(QualityComponent.YAW, pose.yaw(), YAW.at(yaw), Advice.TURN_TO_CAMERA));
        scores.add(score(QualityComponent.PITCH, pose.pitch(), PITCH.at(pitch), Advice.TURN_TO_CAMERA));
        scores.add(score(QualityComponent.ROLL, pose.roll(), ROLL.at(roll), Advice.LEVEL_HEAD));
        try (FaceCrop crop = new FaceCrop(image, landmarks)) {
            light(crop, scores);
        }
        double open = (openness(eyes.leftOpen(), landmarks, 36) + openness(eyes.rightOpen(), landmarks, 42)) / 2;
        scores.add(score(QualityComponent.EYES_OPEN, open, EYES_OPEN.at(open), Advice.OPEN_EYES));
        double mouth = mouthOpening(landmarks);
        scores.add(score(QualityComponent.MOUTH_CLOSED, mouth, MOUTH_CLOSED.at(mouth), Advice.CLOSE_MOUTH));
        return new QualityAssessment(unified(scores), scores);
    }

    private static void geometry(RgbImage image, DetectedFace face, Landmarks landmarks, List<ComponentScore> scores) {
        Region box = face.box();
        double size = box.height() / Math.min(image.width(), image.height());
        Advice resize = size < LARGE_FACE ? Advice.MOVE_CLOSER : Advice.MOVE_BACK;
        scores.add(score(QualityComponent.FACE_SIZE, size, FACE_SIZE.at(size), resize));
        double distance = landmarks.interEyeDistance();
        scores.add(score(
                QualityComponent.INTER_EYE_DISTANCE, distance, INTER_EYE_DISTANCE.at(distance), Advice.MOVE_CLOSER));
        double off = Math.hypot(box.centreX() - image.width() / 2.0, box.centreY() - image.height() / 2.0)
                / Math.hypot(image.width(), image.height());
        scores.add(score(QualityComponent.CENTRING, off, CENTRING.at(off), Advice.CENTRE_FACE));
        double inside = shareInside(image, box, landmarks);
        Advice uncrop = size > LARGE_FACE ? Advice.MOVE_BACK : Advice.CENTRE_FACE;
        scores.add(score(QualityComponent.CROP, inside, CROP.at(inside), uncrop));
    }

    /** Of the smallest rectangle that holds the detector's box and all landmarks. */
    private static double shareInside(RgbImage image, Region box, Landmarks landmarks) {
        double left = box.x();
        double top = box.y();
        double right = box.x() + box.width();
        double bottom = box.y() + box.height();
        for (Point point : landmarks.points()) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        double width = Math.min(right, image.width()) - Math.max(left, 0);
        double height = Math.min(bottom, image.height()) - Math.max(top, 0);
        return Math.max(0, width) * Math.max(0, height) / ((right - left) * (bottom - top));
    }

    private static void light(FaceCrop crop, List<ComponentScore> scores) {
        if (crop.isEmpty()) {
            scores.add(score(QualityComponent.SHARPNESS, 0, 0, Advice.LOOK_AT_CAMERA));
            scores.add(score(QualityComponent.EXPOSURE, 0, 0, Advice.LOOK_AT_CAMERA));
            scores.add(score(QualityComponent.CONTRAST, 0, 0, Advice.LOOK_AT_CAMERA));
            scores.add(score(QualityComponent.LIGHT_UNIFORMITY, 0, 0, Advice.LOOK_AT_CAMERA));
            return;
        }
        double sharpness = crop.sharpness();
        scores.add(score(QualityComponent.SHARPNESS, sharpness, SHARPNESS.at(sharpness), Advice.HOLD_STILL));
        double mean = crop.meanLuminance();
        double exposure = Math.min(
                BRIGHTNESS.at(mean),
                Math.min(CLIPPED_DARK.at(crop.clippedDark()), CLIPPED_BRIGHT.at(crop.clippedBright())));
        Advice light = mean < MIDDLE_GREY ? Advice.MORE_LIGHT : Advice.LESS_LIGHT;
        scores.add(score(QualityComponent.EXPOSURE, mean, exposure, light));
        double range = crop.luminanceRange();
        scores.add(score(QualityComponent.CONTRAST, range, CONTRAST.at(range), light));
        double balance = crop.balance();
        scores.add(score(QualityComponent.LIGHT_UNIFORMITY, balance, LIGHT_UNIFORMITY.at(balance), Advice.EVEN_LIGHT));
    }

    /** 0–1: the network and the shape of the eye have an equal say, as glasses mislead one and narrow eyes the other. */
    private static double openness(double network, Landmarks landmarks, int first) {
        double height = landmarks.point(first + 1).distance(landmarks.point(first + 5))
                + landmarks.point(first + 2).distance(landmarks.point(first + 4));
        double width = landmarks.point(first).distance(landmarks.point(first + 3));
        double aspect = width > 0 ? height / (2 * width) : 0;
        return (network + EYE_ASPECT.at(aspect)) / 2;
    }

    private static double mouthOpening(Landmarks landmarks) {
        double height = landmarks.point(61).distance(landmarks.point(67))
                + landmarks.point(62).distance(landmarks.point(66))
                + landmarks.point(63).distance(landmarks.point(65));
        double width = landmarks.point(60).distance(landmarks.point(64));
        return width > 0 ? height / (3 * width) : 0;
    }

    private static ComponentScore score(QualityComponent component, double measured, double score, Advice advice) {
        int rounded = (int) Math.round(score);
        return new ComponentScore(
                component, measured, rounded, rounded < ADVICE_BELOW ? Optional.of(advice) : Optional.empty());
    }

    /** The formula of the class description. */
    static int unified(List<ComponentScore> scores) {
        double least = 1;
        double logs = 0;
        for (ComponentScore score : scores) {
            double m = 1 - score.component().impact() * (1 - score.score() / 100.0);
            least = Math.min(least, m);
            logs += Math.log(m);
        }
        return (int) Math.round(100 * Math.sqrt(least * Math.exp(logs / scores.size())));
    }
}
