package org.vultus.biometrics.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * Upright pixels: 8-bit sRGB, interleaved R, G, B, row by row from the top left, no padding.
 *
 * <p>The buffer is handed over, not copied, and {@link #close()} overwrites it with zeros: an image of a person lives no
 * longer than the attempt it was taken for. Safe to read from several threads; not to be read after it was closed.
 */
public final class RgbImage implements AutoCloseable {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param rgb {@code 3 × width × height} bytes, owned by this image from now on
     */
    public RgbImage(int width, int height, byte[] rgb) {
        if (width <= 0 || height <= 0 || Objects.requireNonNull(rgb).length != Math.multiplyExact(3 * width, height)) {
            throw new IllegalArgumentException(
                    "%d×%d pixels need %d bytes, not %d".formatted(width, height, 3L * width * height, rgb.length));
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** A black image. */
    public RgbImage(int width, int height) {
        this(width, height, new byte[Math.multiplyExact(3 * width, height)]);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The live buffer, not a copy. */
    public byte[] rgb() {
        return rgb;
    }

    /** The channel value 0–255 of one pixel; {@code channel} 0 is red, 1 green, 2 blue. */
    public int at(int x, int y, int channel) {
        Objects.checkIndex(x, width);
        return rgb[3 * (y * width + x) + channel] & 0xFF;
    }

    /** Overwrites the pixels with zeros. */
    @Override
    public void close() {
        Arrays.fill(rgb, (byte) 0);
    }
}
