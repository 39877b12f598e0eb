package org.vultus.biometrics.detect;

import java.util.List;

/**
 * The 68 points of a face in iBUG 300-W order (Sagonas et al., 2013): 0–16 jaw, 17–26 brows, 27–35 nose, 36–41 the eye on
 * the viewer's left, 42–47 the one on the right, 48–59 outer lips, 60–67 inner lips. All are finite; they need not be
 * distinct. Immutable.
 */
public record Landmarks(List<Point> points) {

    public static final int COUNT = 68;

    public Landmarks {
        points = List.copyOf(points);
        if (points.size() != COUNT) {
            throw new IllegalArgumentException("68 points expected, not " + points.size());
        }
        for (Point point : points) {
            if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
                throw new IllegalArgumentException("a landmark that is nowhere: " + point);
            }
        }
    }

    public Point point(int index) {
        return points.get(index);
    }

    /** The mean of the points {@code from} to {@code to}, both included. */
    public Point mean(int from, int to) {
        double x = 0;
        double y = 0;
        for (int i = from; i <= to; i++) {
            x += points.get(i).x();
            y += points.get(i).y();
        }
        int n = to - from + 1;
        return new Point(x / n, y / n);
    }

    public Point leftEye() {
        return mean(36, 41);
    }

    public Point rightEye() {
        return mean(42, 47);
    }

    public double interEyeDistance() {
        return leftEye().distance(rightEye());
    }

    /**
     * The eye aspect ratio, mean of both eyes: lid distance over eye width (Soukupová and Čech, "Real-time eye blink detection using
     * facial landmarks", 2016). About 0.35 open and 0.2 closed with the default pack's landmarks; the tilt of the head cancels out.
     */
    public double eyeAspect() {
        return (aspect(36) + aspect(42)) / 2;
    }

    private double aspect(int first) {
        double height =
                point(first + 1).distance(point(first + 5)) + point(first + 2).distance(point(first + 4));
        double width = point(first).distance(point(first + 3));
        return width > 0 ? height / (2 * width) : 0;
    }

    /** How far the line through both eyes is turned clockwise from level, in degrees, −180 to 180. */
    public double roll() {
        Point left = leftEye();
        Point right = rightEye();
        return Math.toDegrees(Math.atan2(right.y() - left.y(), right.x() - left.x()));
    }

    public FivePoints fivePoints() {
        return new FivePoints(leftEye(), rightEye(), point(30), point(48), point(54));
    }
}
