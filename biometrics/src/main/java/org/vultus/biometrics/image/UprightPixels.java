package org.vultus.biometrics.image;

import java.util.Arrays;

/**
 * Where a decoder writes its pixels in stored order; they land upright. Every Exif orientation is an affine map of pixel
 * indices, so no second pass turns the picture. Not thread-safe.
 */
final class UprightPixels {
    private final int storedWidth;
    private final int width;
    private final int height;
    private final int origin;
    private final int stepX;
    private final int stepY;
    private final byte[] rgb;

    /**
     * @param storedWidth as the file has it, before turning
     * @param orientation Exif, 1–8
     */
    UprightPixels(int storedWidth, int storedHeight, int orientation) {
        this.storedWidth = storedWidth;
        boolean turned = orientation >= 5;
        width = turned ? storedHeight : storedWidth;
        height = turned ? storedWidth : storedHeight;
        int right = 3 * (width - 1);
        int row = 3 * width;
        int bottom = row * (height - 1);
        switch (orientation) {
            case 1 -> {
                origin = 0;
                stepX = 3;
                stepY = row;
            }
            case 2 -> {
                origin = right;
                stepX = -3;
                stepY = row;
            }
            case 3 -> {
                origin = bottom + right;
                stepX = -3;
                stepY = -row;
            }
            case 4 -> {
                origin = bottom;
                stepX = 3;
                stepY = -row;
            }
            case 5 -> {
                origin = 0;
                stepX = row;
                stepY = 3;
            }
            case 6 -> {
                origin = right;
                stepX = row;
                stepY = -3;
            }
            case 7 -> {
                origin = bottom + right;
                stepX = -row;
                stepY = -3;
            }
            case 8 -> {
                origin = bottom;
                stepX = -row;
                stepY = 3;
            }
            default -> throw new IllegalArgumentException("orientation " + orientation);
        }
        rgb = new byte[Math.multiplyExact(3 * width, height)];
    }

    void put(int x, int y, int red, int green, int blue) {
        int i = origin + x * stepX + y * stepY;
        rgb[i] = (byte) red;
        rgb[i + 1] = (byte) green;
        rgb[i + 2] = (byte) blue;
    }

    /** The same with the pixel laid over white: what a person reviewing the picture on a page would see. */
    void putOverWhite(int x, int y, int red, int green, int blue, int alpha) {
        put(x, y, overWhite(red, alpha), overWhite(green, alpha), overWhite(blue, alpha));
    }

    /**
     * Lays what was written over white.
     *
     * @param opacity one byte a pixel, in stored order
     */
    void layOverWhite(byte[] opacity) {
        for (int i = 0; i < opacity.length; i++) {
            int at = origin + i % storedWidth * stepX + i / storedWidth * stepY;
            for (int channel = 0; channel < 3; channel++) {
                rgb[at + channel] = (byte) overWhite(rgb[at + channel] & 0xFF, opacity[i] & 0xFF);
            }
        }
    }

    private static int overWhite(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /** One stored row of R, G, B bytes. */
    void row(int y, byte[] source) {
        if (stepX == 3) {
            System.arraycopy(source, 0, rgb, origin + y * stepY, 3 * storedWidth);
            return;
        }
        int to = origin + y * stepY;
        for (int from = 0; from < 3 * storedWidth; from += 3, to += stepX) {
            rgb[to] = source[from];
            rgb[to + 1] = source[from + 1];
            rgb[to + 2] = source[from + 2];
        }
    }

    /** Whether stored order and upright order are the same, so that {@link #buffer()} may be filled in one go. */
    boolean asStored() {
        return stepX == 3 && stepY == 3 * width;
    }

    byte[] buffer() {
        return rgb;
    }

    RgbImage image() {
        return new RgbImage(width, height, rgb);
    }

    /** Zeroes what was written so far. */
    void discard() {
        Arrays.fill(rgb, (byte) 0);
    }
}
