package org.vultus.biometrics.embed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/**
 * Fuses the images of one enrolment into a template: the quality-weighted mean of those that agree with each other.
 *
 * <p>Images are taken out one at a time, the one that agrees least first, until every image left reaches
 * {@code sameFace} against the weighted mean of the <em>others</em> (a leave-one-out mean, so that an image never vouches
 * for itself). Which image is listed first does not matter. Immutable, safe for several threads.
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
     *     when too few of them, or less than half, agree
     */
    public Outcome<Template> build(List<EnrolmentImage> images) {
        if (images.size() < minimum) {
            return Outcome.refused(
                    Reason.TOO_FEW_IMAGES,
                    "%d usable images; at least %d are needed".formatted(images.size(), minimum));
        }
        List<EnrolmentImage> used = new ArrayList<>(images);
        List<EnrolmentImage> outliers = new ArrayList<>();
        while (used.size() > 1) {
            EnrolmentImage worst = used.stream()
                    .min(Comparator.comparingDouble(image -> agreement(image, used)))
                    .orElseThrow();
            if (agreement(worst, used) >= sameFace) {
                break;
            }
            used.remove(worst);
            outliers.add(worst);
        }
        if (used.size() < minimum || 2 * used.size() < images.size()) {
            return Outcome.refused(
                    Reason.DIFFERENT_PEOPLE,
                    "only %d of %d images agree on one person".formatted(used.size(), images.size()));
        }
        return Outcome.accepted(new Template(mean(used), indices(used), indices(outliers)));
    }

    private static double agreement(EnrolmentImage image, List<EnrolmentImage> used) {
        return image.features()
                .cosine(mean(used.stream()
                        .filter(other -> other.index() != image.index())
                        .toList()));
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
