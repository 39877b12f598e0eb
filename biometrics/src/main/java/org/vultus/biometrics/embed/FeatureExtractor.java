package org.vultus.biometrics.embed;

import org.vultus.biometrics.outcome.Outcome;

/** Port: turns an aligned face into a feature vector. Implementations are safe to call from several threads. */
public interface FeatureExtractor {

    ExtractorId id();

    /** The number of features. */
    int dimension();

    /**
     * The sum of the features of the face and of its mirror image, at unit length; {@code LOW_QUALITY} when the network gives nothing
     * that has a direction.
     */
    Outcome<FeatureVector> extract(AlignedFace face);
}
