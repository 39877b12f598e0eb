package org.vultus.biometrics.embed;

import java.util.regex.Pattern;

/**
 * Which extractor made a feature vector: the SHA-256 of its model file, in lower-case hex. Vectors of different extractors
 * are never compared, and an operating point holds for one extractor alone.
 */
public record ExtractorId(String sha256) {
    // Compiled once: every template that is opened names its extractor.
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ExtractorId {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
        }
    }
}
