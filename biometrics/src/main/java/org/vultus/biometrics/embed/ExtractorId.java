package org.vultus.biometrics.embed;

/**
 * Which extractor made a feature vector: the SHA-256 of its model file, in lower-case hex. Vectors of different extractors
 * are never compared, and an operating point holds for one extractor alone.
 */
public record ExtractorId(String sha256) {

    public ExtractorId {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
        }
    }
}
