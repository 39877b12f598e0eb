package org.vultus.biometrics.embed;

/**
 * Which extractor made a feature vector: the SHA-256 of its model file, in lower-case hex. Vectors of different extractors
 * are never compared, and an operating point holds for one extractor alone.
 */
public record ExtractorId(String sha256) {

    public ExtractorId {
        if (!isSha256(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
        }
    }

    /** Not by a regular expression: this is done for every reference at a start. */
    private static boolean isSha256(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
