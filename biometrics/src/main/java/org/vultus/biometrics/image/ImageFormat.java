package org.vultus.biometrics.image;

/** The encodings that are accepted, and the planes of a video's picture. */
public enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    VIDEO
}
