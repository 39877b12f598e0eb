package org.vultus.biometrics.image;

/**
 * A rectangle in continuous pixel coordinates: pixel (0, 0) covers [0, 1) × [0, 1), so its centre is (0.5, 0.5). May reach
 * beyond the image.
 */
public record Region(double x, double y, double width, double height) {

    public Region {
        if (!(width > 0 && height > 0 && Double.isFinite(x) && Double.isFinite(y))
                || Double.isInfinite(width)
                || Double.isInfinite(height)) {
            throw new IllegalArgumentException("not a region: %s, %s, %s × %s".formatted(x, y, width, height));
        }
    }

    public static Region of(RgbImage image) {
        return new Region(0, 0, image.width(), image.height());
    }

    /** The square of the same centre whose side is {@code factor} times the longer side. */
    public Region squared(double factor) {
        double side = Math.max(width, height) * factor;
        return new Region(centreX() - side / 2, centreY() - side / 2, side, side);
    }

    /** The same centre and shape, {@code factor} times as large. */
    public Region scaled(double factor) {
        return new Region(
                centreX() - width * factor / 2, centreY() - height * factor / 2, width * factor, height * factor);
    }

    public double centreX() {
        return x + width / 2;
    }

    public double centreY() {
        return y + height / 2;
    }
}
