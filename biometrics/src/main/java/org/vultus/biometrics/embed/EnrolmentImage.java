package org.vultus.biometrics.embed;

/**
 * What one image contributes to a template.
 *
 * @param index its place among the images that were given, from 0
 * @param features the features of the face in it
 * @param quality unified quality 0–100, the weight of the image
 */
public record EnrolmentImage(int index, FeatureVector features, int quality) {

    public EnrolmentImage {
        if (index < 0 || quality < 0 || quality > 100) {
            throw new IllegalArgumentException("index %d, quality %d".formatted(index, quality));
        }
    }
}
