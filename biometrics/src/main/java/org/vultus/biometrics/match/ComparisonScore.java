package org.vultus.biometrics.match;

import org.vultus.biometrics.embed.FeatureVector;

/**
 * How alike two faces are: the cosine of their features, −1 to 1, higher is more alike (ISO/IEC 2382-37, 37.03.27). It means
 * nothing without the extractor's operating points, and it is never told to an untrusted caller.
 */
public record ComparisonScore(double cosine) implements Comparable<ComparisonScore> {

    public ComparisonScore {
        if (!(cosine >= -1 && cosine <= 1)) {
            throw new IllegalArgumentException("not a cosine: " + cosine);
        }
    }

    /**
     * Compares two feature vectors.
     *
     * @throws IllegalArgumentException when different extractors made them
     */
    public static ComparisonScore of(FeatureVector probe, FeatureVector reference) {
        return new ComparisonScore(probe.cosine(reference));
    }

    @Override
    public int compareTo(ComparisonScore other) {
        return Double.compare(cosine, other.cosine);
    }
}
