package org.vultus.biometrics.embed;

import org.vultus.biometrics.outcome.Outcome;

/**
 * What an extractor makes of one aligned face in one run. Holds features of a person's face: for memory only, never logged or
 * kept. Immutable; its text form holds no value.
 */
public final class FaceReading {
    private final Outcome<FeatureVector> features;
    private final double[] texture;

    /**
     * @param features the sum over the sides that were looked at, at unit length; {@code LOW_QUALITY} when the
     *     network gives nothing that has a direction
     * @param texture mean and spread of early channels, averaged over the sides, where a raster and a print are seen; of no length unless it was asked
     *     for when the extractor was made
     */
    public FaceReading(Outcome<FeatureVector> features, double... texture) {
        this.features = features;
        this.texture = texture.clone();
    }

    public Outcome<FeatureVector> features() {
        return features;
    }

    public double[] texture() {
        return texture.clone();
    }

    @Override
    public String toString() {
        return "FaceReading";
    }
}
