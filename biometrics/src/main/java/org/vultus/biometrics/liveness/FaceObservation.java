package org.vultus.biometrics.liveness;

import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;

/**
 * What one frame of a session tells about how the face moves; no pixels and no identity.
 *
 * @param at milliseconds since the session was opened, by the server's clock
 * @param mark tells this frame from others
 */
public record FaceObservation(
        long at, Region box, Landmarks landmarks, HeadPose pose, EyeState eyes, FrameColour colour, FrameMark mark) {

    /** How open the eye-state network takes the eyes to be, 0–1, mean of both. */
    public double eyesOpen() {
        return (eyes.leftOpen() + eyes.rightOpen()) / 2;
    }

    /** Height over width of the inner lips. */
    public double mouthOpening() {
        double height = landmarks.point(61).distance(landmarks.point(67))
                + landmarks.point(62).distance(landmarks.point(66))
                + landmarks.point(63).distance(landmarks.point(65));
        double width = landmarks.point(60).distance(landmarks.point(64));
        return width > 0 ? height / (3 * width) : 0;
    }

    /** Pixels between the eyes of a head that looks to the front: what grows when a face comes nearer, and with no nod and no open mouth. */
    public double nearness() {
        return landmarks.interEyeDistance() / Math.cos(Math.toRadians(pose.yaw()));
    }

    /**
     * Where the tip of the nose lies between the eyes, along the line through both: 0 in the middle, ±0.5 at the centre of an eye,
     * positive towards the right edge of the image. Geometry alone, to check the pose network by.
     */
    public double noseOffset() {
        Point left = landmarks.leftEye();
        Point right = landmarks.rightEye();
        Point nose = landmarks.point(30);
        double dx = right.x() - left.x();
        double dy = right.y() - left.y();
        double square = dx * dx + dy * dy;
        return square > 0 ? ((nose.x() - left.x()) * dx + (nose.y() - left.y()) * dy) / square - 0.5 : 0;
    }
}
