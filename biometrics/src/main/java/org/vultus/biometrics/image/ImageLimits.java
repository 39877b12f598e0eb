package org.vultus.biometrics.image;

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
}
