package org.vultus.biometrics.embed;

import java.util.Comparator;
import java.util.List;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/**
 * Fuses the images of one enrolment into a template: the quality-weighted mean of those that agree with each other.
 *
 * <p>Two images agree when their features reach {@code sameFace}. The image that most others agree with is taken as the
 * person's, with those that agree with it; the rest are outliers. (Comparing with the mean of the other images instead would
 * be blind to two people in equal shares, for each would find itself in the mean.) The order of the images does not matter.
 * Immutable, safe for several threads.
 *
 * @param sameFace the cosine from which an image counts as the same person; take it from the extractor's operating points
 * @param minimum the fewest agreeing images that make a template, at least 1
 */
public record TemplateBuilder(double sameFace, int minimum) {

    public TemplateBuilder {
        if (!(sameFace > -1 && sameFace < 1) || minimum < 1) {
            throw new IllegalArgumentException("sameFace %s, minimum %d".formatted(sameFace, minimum));
        }
    }

    /**
     * @param images all of one extractor
     * @return the template, or {@code TOO_FEW_IMAGES} when fewer than the minimum were given, or {@code DIFFERENT_PEOPLE}
     *     when too few of them, or no more than half, agree
     */
    public Outcome<Template> build(List<EnrolmentImage> images) {
        if (images.size() < minimum) {
            return Outcome.refused(
                    Reason.TOO_FEW_IMAGES,
                    "%d usable images; at least %d are needed".formatted(images.size(), minimum));
        }
        EnrolmentImage centre = images.stream()
                .max(Comparator.<EnrolmentImage>comparingLong(
                                image -> agreeing(image, images).size())
                        .thenComparingInt(EnrolmentImage::quality)
                        .thenComparingInt(image -> -image.index()))
                .orElseThrow();
        List<EnrolmentImage> used = agreeing(centre, images);
        List<EnrolmentImage> outliers =
                images.stream().filter(image -> !used.contains(image)).toList();
        if (used.size() < minimum || 2 * used.size() <= images.size()) {
            return Outcome.refused(
                    Reason.DIFFERENT_PEOPLE,
                    "only %d of %d images agree on one person".formatted(used.size(), images.size()));
        }
        return Outcome.accepted(new Template(mean(used), indices(used), indices(outliers)));
    }

    private List<EnrolmentImage> agreeing(EnrolmentImage centre, List<EnrolmentImage> images) {
        return images.stream()
                .filter(image -> image.features().cosine(centre.features()) >= sameFace)
                .toList();
    }

    private static FeatureVector mean(List<EnrolmentImage> images) {
        FeatureVector first = images.getFirst().features();
        float[] sum = new float[first.dimension()];
        for (EnrolmentImage image : images) {
            image.features().addTo(sum, weight(image.quality()));
        }
        return FeatureVector.normalised(first.extractor(), sum);
    }

    private static List<Integer> indices(List<EnrolmentImage> images) {
        return images.stream().map(EnrolmentImage::index).sorted().toList();
    }

    /** Even the poorest accepted image says something; the best say about twice as much. */
    private static float weight(int quality) {
        return 0.5f + quality / 100f;
    }
}
