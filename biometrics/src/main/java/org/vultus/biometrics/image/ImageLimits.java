package org.vultus.biometrics.image;

import org.vultus.biometrics.outcome.Reason;

/**
 * How much of a stranger's image is looked at.
 *
 * @param maxBytes the longest encoded sample
 * @param maxPixels the largest image, judged from its header before anything is decoded
 * @param minSide the shortest side in which a face could still be recognised
 */
public record ImageLimits(int maxBytes, long maxPixels, int minSide) {

    /** 10 MB, 40 megapixels, 32 pixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(10_000_000, 40_000_000, 32);

    public ImageLimits {
        if (maxBytes <= 0 || maxPixels <= 0 || minSide <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Refuses a picture of the wrong size; called as soon as a header gives one. */
    void admit(long width, long height) throws RefusedImage {
        if (width != 0 && height > maxPixels / width) {
            throw new RefusedImage(
                    Reason.TOO_MANY_PIXELS, "%d×%d pixels; at most %d are decoded".formatted(width, height, maxPixels));
        }
        if (Math.min(width, height) < minSide) {
            throw new RefusedImage(
                    Reason.TOO_FEW_PIXELS, "%d×%d pixels; the shorter side needs %d".formatted(width, height, minSide));
        }
    }
}
