package org.vultus.evaluation.gallery;

import java.util.Random;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.EmbeddingBasis;

/**
 * Identities that do not exist, with the mean and the covariance of real features: {@code mean + Σ √λₖ·gₖ·axisₖ} with independent
 * normal {@code g} along the known axes, and what the spectrum has beyond them spread evenly over all components; then brought to
 * unit length. Which identity a number stands for depends on the seed alone, so none need be kept. Safe for several threads.
 */
public final class SyntheticFaces {
    private final ExtractorId extractor;
    private final float[] mean;
    private final float[][] scaledAxes;
    private final float rest;
    private final long seed;

    public SyntheticFaces(EmbeddingBasis basis, long seed) {
        this.extractor = basis.extractor();
        this.mean = basis.mean();
        this.seed = seed;
        float[] spectrum = basis.spectrum();
        scaledAxes = new float[basis.axes()][];
        for (int k = 0; k < scaledAxes.length; k++) {
            scaledAxes[k] = basis.axis(k);
            float scale = (float) Math.sqrt(spectrum[k]);
            for (int i = 0; i < scaledAxes[k].length; i++) {
                scaledAxes[k][i] *= scale;
            }
        }
        double beyond = 0;
        for (int k = scaledAxes.length; k < spectrum.length; k++) {
            beyond += spectrum[k];
        }
        rest = (float) Math.sqrt(beyond / spectrum.length);
    }

    public ExtractorId extractor() {
        return extractor;
    }

    /** The features of an identity. */
    public FeatureVector identity(long number) {
        return FeatureVector.normalised(extractor, draw(new Random(seed ^ mix(number))));
    }

    /**
     * Another view of an identity: its features with a deviation of the same covariance added, as large as brings the cosine of
     * the two to about {@code cosine}.
     *
     * @param view tells several views of one identity apart
     */
    public FeatureVector view(long number, int view, double cosine) {
        float[] features = identity(number).toArray();
        float[] deviation = FeatureVector.normalised(
                        extractor, draw(new Random(seed ^ mix(~number) ^ mix(view + 1L << 40))))
                .toArray();
        float weight = (float) Math.sqrt(1 / (cosine * cosine) - 1);
        for (int i = 0; i < features.length; i++) {
            features[i] += weight * deviation[i];
        }
        return FeatureVector.normalised(extractor, features);
    }

    private float[] draw(Random random) {
        float[] features = mean.clone();
        for (float[] axis : scaledAxes) {
            float along = (float) random.nextGaussian();
            for (int i = 0; i < features.length; i++) {
                features[i] += along * axis[i];
            }
        }
        for (int i = 0; i < features.length; i++) {
            features[i] += rest * (float) random.nextGaussian();
        }
        return features;
    }

    /** The finalizer of SplitMix64, so that neighbouring numbers have nothing in common. */
    private static long mix(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
