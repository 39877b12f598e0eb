package org.vultus.biometrics.image;

/** The encodings that are accepted. */
public enum ImageFormat {
    JPEG,
    PNG,
    WEBP
}
