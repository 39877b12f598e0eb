package org.vultus.biometrics.image;

/**
 * Rotation, uniform scale and shift of the plane: {@code (x, y) → (a·x − b·y + tx, b·x + a·y + ty)}, in the continuous
 * pixel coordinates of {@link Region}. The scale is {@code √(a² + b²)} and never zero.
 */
public record SimilarityTransform(double a, double b, double tx, double ty) {

    public SimilarityTransform {
        double square = a * a + b * b;
        if (!(square > 0) || Double.isInfinite(square) || !Double.isFinite(tx) || !Double.isFinite(ty)) {
            throw new IllegalArgumentException("not a similarity: %s, %s, %s, %s".formatted(a, b, tx, ty));
        }
    }

    public double scale() {
        return Math.hypot(a, b);
    }

    public double applyX(double x, double y) {
        return a * x - b * y + tx;
    }

    public double applyY(double x, double y) {
        return b * x + a * y + ty;
    }

    public SimilarityTransform inverse() {
        double square = a * a + b * b;
        double ia = a / square;
        double ib = -b / square;
        return new SimilarityTransform(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
    }

    /** This transform, then {@code next}. */
    public SimilarityTransform then(SimilarityTransform next) {
        return new SimilarityTransform(
                next.a * a - next.b * b, next.b * a + next.a * b, next.applyX(tx, ty), next.applyY(tx, ty));
    }
}
