package org.vultus.biometrics.embed;

import java.util.Arrays;
import java.util.List;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/**
 * The features of one face at unit length, bound to the extractor that made them. Biometric data: it is never logged, and
 * {@link #toString()} tells only the extractor. Immutable, safe to share.
 */
public final class FeatureVector {
    private final ExtractorId extractor;
    private final float[] unit;

    private FeatureVector(ExtractorId extractor, float[] unit) {
        this.extractor = extractor;
        this.unit = unit;
    }

    /**
     * Brings {@code features} to unit length.
     *
     * @throws IllegalArgumentException when they have no direction (all zero, or not finite)
     */
    public static FeatureVector normalised(ExtractorId extractor, float[] features) {
        double square = square(features);
        if (!hasDirection(square)) {
            throw new IllegalArgumentException("features without a direction");
        }
        float[] unit = new float[features.length];
        double scale = 1 / Math.sqrt(square);
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (features[i] * scale);
        }
        return new FeatureVector(extractor, unit);
    }

    /** The same for what a network gave: {@code LOW_QUALITY} instead of an exception. */
    public static Outcome<FeatureVector> measured(ExtractorId extractor, float[] features) {
        return hasDirection(square(features))
                ? Outcome.accepted(normalised(extractor, features))
                : Outcome.refused(Reason.LOW_QUALITY, "the face has no features that could be compared");
    }

    private static double square(float[] features) {
        double square = 0;
        for (float f : features) {
            square += (double) f * f;
        }
        return square;
    }

    private static boolean hasDirection(double square) {
        return square > 0 && !Double.isInfinite(square);
    }

    /**
     * Features that several frames of one face agree on: the mean of the vectors, at unit length.
     *
     * @throws IllegalArgumentException when there is none, or different extractors made them
     */
    public static FeatureVector mean(List<FeatureVector> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("the mean of nothing");
        }
        FeatureVector first = vectors.getFirst();
        float[] sum = new float[first.dimension()];
        for (FeatureVector vector : vectors) {
            if (!vector.extractor.equals(first.extractor)) {
                throw new IllegalArgumentException("vectors of different extractors have no mean");
            }
            vector.addTo(sum, 1);
        }
        return normalised(first.extractor, sum);
    }

    /** Takes features that are of unit length already. */
    static FeatureVector ofUnit(ExtractorId extractor, float[] unit) {
        return new FeatureVector(extractor, unit);
    }

    public ExtractorId extractor() {
        return extractor;
    }

    public int dimension() {
        return unit.length;
    }

    /** A copy of the features. */
    public float[] toArray() {
        return unit.clone();
    }

    /** Writes the features into {@code to}, from {@code at} on. */
    public void copyTo(float[] to, int at) {
        System.arraycopy(unit, 0, to, at, unit.length);
    }

    /** Adds these features, times {@code weight}, to {@code sum}. */
    void addTo(float[] sum, float weight) {
        for (int i = 0; i < unit.length; i++) {
            sum[i] += weight * unit[i];
        }
    }

    /**
     * The cosine of the angle between two vectors, −1 to 1.
     *
     * @throws IllegalArgumentException when another extractor made the other one
     */
    public double cosine(FeatureVector other) {
        if (!extractor.equals(other.extractor) || unit.length != other.unit.length) {
            throw new IllegalArgumentException("vectors of different extractors cannot be compared");
        }
        double dot = 0;
        for (int i = 0; i < unit.length; i++) {
            dot += (double) unit[i] * other.unit[i];
        }
        return Math.clamp(dot, -1.0, 1.0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that
                && extractor.equals(that.extractor)
                && Arrays.equals(unit, that.unit);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(unit);
    }

    @Override
    public String toString() {
        return "FeatureVector[" + unit.length + " features of "
                + extractor.sha256().substring(0, 12) + "]";
    }
}
