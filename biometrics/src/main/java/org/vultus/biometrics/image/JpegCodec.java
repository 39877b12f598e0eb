package org.vultus.biometrics.image;

/** Decodes the rebuilt stream of a {@link JpegFile} into upright RGB. Thread-safe; any libjpeg warning is damage. */
sealed interface JpegCodec permits TurboJpeg, ImageIoJpeg {

    /** Short name for health pages and benchmarks. */
    String name();

    void decode(JpegFile file, UprightPixels target) throws RefusedImage;
}
