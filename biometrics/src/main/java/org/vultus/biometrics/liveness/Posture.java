package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.quality.HeadPose;

/**
 * Where the face of one frame is and how it stands, as a few numbers whose changes tell one movement from another: a head that is alive moves in all
 * of them all the time, and never twice in the same way. Immutable; neither a face nor a person can be told from it.
 */
public final class Posture {
    /** Of a frame of which nothing is known but its picture. */
    public static final Posture NONE = new Posture(new float[0]);

    private static final int NOSE = 30;
    private static final int CHIN = 8;

    private final float[] values;

    private Posture(float[] values) {
        this.values = values;
    }

    /**
     * In this order: where the middle of the eyes is, across and down, and the logarithm of their distance, by the width of the image; the tilt of their line; where
     * the tip of the nose and the chin lie to it, along and across; how open the lids and the inner lips are; yaw and pitch as the network tells them.
     *
     * @param width of the image in pixels, so that a video that becomes smaller on its way does not move
     */
    static Posture of(Landmarks landmarks, HeadPose pose, int width) {
        Point left = landmarks.leftEye();
        Point right = landmarks.rightEye();
        double distance = Math.max(1e-6, left.distance(right));
        Point middle = new Point((left.x() + right.x()) / 2, (left.y() + right.y()) / 2);
        Point along = new Point((right.x() - left.x()) / distance, (right.y() - left.y()) / distance);
        Point nose = seen(landmarks.point(NOSE), middle, along, distance);
        Point chin = seen(landmarks.point(CHIN), middle, along, distance);
        return new Posture(new float[] {
            (float) (middle.x() / width),
            (float) (middle.y() / width),
            (float) Math.log(distance / width),
            (float) landmarks.roll(),
            (float) nose.x(),
            (float) nose.y(),
            (float) chin.x(),
            (float) chin.y(),
            (float) landmarks.eyeAspect(),
            (float) (landmarks.point(62).distance(landmarks.point(66)) / distance),
            (float) pose.yaw(),
            (float) pose.pitch()
        });
    }

    /** A point as it lies to the line through both eyes, in distances of the eyes. */
    private static Point seen(Point point, Point middle, Point along, double distance) {
        double dx = (point.x() - middle.x()) / distance;
        double dy = (point.y() - middle.y()) / distance;
        return new Point(dx * along.x() + dy * along.y(), dy * along.x() - dx * along.y());
    }

    boolean known() {
        return values.length > 0;
    }

    /** How many numbers a known posture has. */
    static int size() {
        return 12;
    }

    float value(int index) {
        return values[index];
    }

    @Override
    public String toString() {
        return "Posture";
    }
}
