package org.vultus.biometrics.image;

/**
 * An image whose header was read and found well-formed, and nothing decoded: what the limits are judged by. Immutable over
 * the live bytes of the sample.
 */
sealed interface StoredImage permits JpegFile, PngFile, WebpFile {

    ImageFormat format();

    /** As stored, before turning upright; 0 is possible and refused later. */
    long width();

    long height();

    /** Exif, 1–8. */
    int orientation();

    /** An upper bound of what decoding takes beside the RGB result, heap and native together. */
    long scratchBytes();

    void decode(UprightPixels target) throws RefusedImage;
}
