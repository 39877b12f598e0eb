package org.vultus.biometrics.embed;

/** Port: turns an aligned face into a feature vector. Implementations are safe to call from several threads. */
public interface FeatureExtractor {

    ExtractorId id();

    /** The number of features. */
    int dimension();

    /** One look at the face and one at its mirror image. */
    FaceReading read(AlignedFace face);
}
