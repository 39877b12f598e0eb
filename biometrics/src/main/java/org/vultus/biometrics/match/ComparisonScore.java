package org.vultus.biometrics.match;

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

    @Override
    public int compareTo(ComparisonScore other) {
        return Double.compare(cosine, other.cosine);
    }
}
