package org.vultus.biometrics.image;

/**
 * An upright image and what it was decoded from. Metadata other than the format is not kept.
 *
 * <p>Closing it wipes the pixels.
 */
public record DecodedImage(RgbImage pixels, ImageFormat format) implements AutoCloseable {

    @Override
    public void close() {
        pixels.close();
    }
}
