package org.vultus.biometrics.embed;

import java.util.List;

/**
 * One person's face as several images agree on it.
 *
 * @param features the quality-weighted mean of the images used, at unit length
 * @param used indices of the images that went into it, ascending
 * @param outliers indices of the images left out because they show somebody else or nothing like the others, ascending
 */
public record Template(FeatureVector features, List<Integer> used, List<Integer> outliers) {

    public Template {
        used = List.copyOf(used);
        outliers = List.copyOf(outliers);
    }
}
