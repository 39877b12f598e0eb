package org.vultus.biometrics.detect;

import java.util.Optional;
import org.vultus.biometrics.image.Region;

/**
 * One face that a detector found.
 *
 * @param box where, in pixels of the image; may reach a little beyond it
 * @param confidence the detector's own score, 0–1
 * @param keyPoints five key points where the detector gives them; the default one does not
 */
public record DetectedFace(Region box, double confidence, Optional<FivePoints> keyPoints) {

    /** Intersection over union of two boxes, 0–1. */
    public double overlap(DetectedFace other) {
        double w =
                Math.min(box.x() + box.width(), other.box.x() + other.box.width()) - Math.max(box.x(), other.box.x());
        double h =
                Math.min(box.y() + box.height(), other.box.y() + other.box.height()) - Math.max(box.y(), other.box.y());
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double both = w * h;
        return both / (area() + other.area() - both);
    }

    public double area() {
        return box.width() * box.height();
    }
}
