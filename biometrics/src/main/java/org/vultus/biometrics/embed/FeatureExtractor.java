package org.vultus.biometrics.embed;

/** Port: turns an aligned face into a feature vector. Implementations are safe to call from several threads. */
public interface FeatureExtractor {

    ExtractorId id();

    /** The number of features. */
    int dimension();

    FaceReading read(AlignedFace face, Sides sides);
}
