package org.vultus.biometrics.embed;

/** Port: turns an aligned face into a feature vector. Implementations are safe to call from several threads. */
public interface FeatureExtractor {

    ExtractorId id();

    /** The number of features. */
    int dimension();

    /** The sum of the features of the face and of its mirror image, at unit length. */
    FeatureVector extract(AlignedFace face);
}
