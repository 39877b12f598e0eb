package org.vultus.onnx;

import java.util.Optional;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/**
 * How a whole image lies in a network's input without being distorted: scaled to fit and centred, black bars on the rest.
 *
 * @param region the part of the plane that the input shows, in pixels of the image; reaches beyond it by the bars
 * @param scale pixels of the image per pixel of the input
 */
record Letterbox(Region region, double scale) {

    static Letterbox of(RgbImage image, ImageInput input) {
        double scale = Math.max((double) image.width() / input.width(), (double) image.height() / input.height());
        double width = input.width() * scale;
        double height = input.height() * scale;
        return new Letterbox(
                new Region((image.width() - width) / 2, (image.height() - height) / 2, width, height), scale);
    }

    /** A face found in the input, in pixels of the image. */
    DetectedFace toImage(DetectedFace face) {
        Region box = face.box();
        Optional<FivePoints> points = face.keyPoints()
                .map(p -> new FivePoints(
                        toImage(p.leftEye()),
                        toImage(p.rightEye()),
                        toImage(p.nose()),
                        toImage(p.mouthLeft()),
                        toImage(p.mouthRight())));
        return new DetectedFace(
                new Region(
                        region.x() + box.x() * scale,
                        region.y() + box.y() * scale,
                        box.width() * scale,
                        box.height() * scale),
                face.confidence(),
                points);
    }

    private Point toImage(Point p) {
        return new Point(region.x() + p.x() * scale, region.y() + p.y() * scale);
    }
}
