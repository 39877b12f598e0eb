package org.vultus.biometrics.detect;

/** A place in an image, in the continuous pixel coordinates of {@link org.vultus.biometrics.image.Region}. */
public record Point(double x, double y) {

    public double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
