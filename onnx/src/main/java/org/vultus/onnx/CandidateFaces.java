package org.vultus.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;

/** Collects the candidates of one image and drops those that cannot be a face, so that no decoder has to. */
final class CandidateFaces {

    /** Softmax and sigmoid may overshoot 1 by rounding, not by more. */
    private static final double ROUNDING = 1e-3;

    private final int width;
    private final int height;
    private final List<DetectedFace> faces = new ArrayList<>();

    /** @param width of the network's input; boxes are in its pixels */
    CandidateFaces(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void add(double x1, double y1, double x2, double y2, double confidence) {
        if (plausible(x1, y1, x2, y2, confidence)) {
            add(x1, y1, x2, y2, confidence, Optional.empty());
        }
    }

    /** @param keyPoints x, y of the viewer's left eye, right eye, nose, left and right mouth corner */
    void add(double x1, double y1, double x2, double y2, double confidence, double[] keyPoints) {
        if (!plausible(x1, y1, x2, y2, confidence)) {
            return;
        }
        Point[] p = new Point[5];
        for (int i = 0; i < p.length; i++) {
            double x = keyPoints[2 * i];
            double y = keyPoints[2 * i + 1];
            // Written so that NaN fails.
            if (!(x >= -width && x <= 2.0 * width && y >= -height && y <= 2.0 * height)) {
                return;
            }
            p[i] = new Point(x, y);
        }
        add(x1, y1, x2, y2, confidence, Optional.of(new FivePoints(p[0], p[1], p[2], p[3], p[4])));
    }

    List<DetectedFace> list() {
        return faces;
    }

    private void add(double x1, double y1, double x2, double y2, double confidence, Optional<FivePoints> points) {
        faces.add(new DetectedFace(new Region(x1, y1, x2 - x1, y2 - y1), Math.min(1, confidence), points));
    }

    /** At least a pixel, at most twice the input, its centre in the input; NaN and infinities are none of it. */
    private boolean plausible(double x1, double y1, double x2, double y2, double confidence) {
        double w = x2 - x1;
        double h = y2 - y1;
        double cx = (x1 + x2) / 2;
        double cy = (y1 + y2) / 2;
        return confidence >= 0
                && confidence <= 1 + ROUNDING
                && w >= 1
                && h >= 1
                && w <= 2.0 * width
                && h <= 2.0 * height
                && cx >= 0
                && cy >= 0
                && cx <= width
                && cy <= height;
    }
}
