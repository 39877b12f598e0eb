package org.vultus.evaluation.gallery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vultus.biometrics.decide.IdentificationBound;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.evaluation.metrics.Identification;

/**
 * What identification among many can do: real probes and references, in galleries that synthetic identities fill up. Each probe is
 * searched in several such galleries, with its reference and without.
 */
public final class IdentificationStudy {
    private static final double[] BOUNDS = {1e-2, 1e-3};
    private static final int CHUNK = 8192;
    private static final long SEED = 7;

    /** Synthetic galleries do not overlap. */
    private static final long GALLERY = 1L << 32;

    /**
     * Of one size.
     *
     * @param identification the error rates; FNIR is 1 − TPIR
     * @param policy what {@link IdentificationBound} makes of it
     */
    public record Size(
            int distractors,
            @JsonProperty("mean_best_non_mated") double meanBest,
            Identification identification,
            List<Policy> policy) {}

    /**
     * What the policy allows at one bound.
     *
     * @param fmr of the operating point that it chooses; absent when it switches identification off
     * @param expectedFpir what it expects there, and what the searches showed
     */
    public record Policy(
            @JsonProperty("fpir_bound") double bound,
            Optional<Double> fmr,
            Optional<Double> threshold,
            @JsonProperty("expected_fpir") Optional<Double> expectedFpir,
            @JsonProperty("measured_fpir") Optional<Double> measuredFpir,
            @JsonProperty("measured_tpir") Optional<Double> measuredTpir) {}

    private IdentificationStudy() {}

    /**
     * @param probes of people who are enrolled
     * @param references of the same people, one for each probe
     * @param strangers of people who are not
     * @param sizes ascending
     * @param galleries how many of each size
     */
    public static List<Size> of(
            List<FeatureVector> probes,
            List<FeatureVector> references,
            List<FeatureVector> strangers,
            SyntheticFaces faces,
            int[] sizes,
            int galleries,
            OperatingPoints scale) {
        int mated = probes.size();
        float[][] images = new float[mated + strangers.size()][];
        for (int i = 0; i < images.length; i++) {
            images[i] = (i < mated ? probes.get(i) : strangers.get(i - mated)).toArray();
        }
        double[] own = new double[mated * galleries];
        double[][] best = new double[sizes.length][images.length * galleries];
        for (int gallery = 0; gallery < galleries; gallery++) {
            for (int i = 0; i < mated; i++) {
                own[gallery * mated + i] = probes.get(i).cosine(references.get(i));
            }
            double[] so = new double[images.length];
            Arrays.fill(so, -1);
            int done = 0;
            for (int s = 0; s < sizes.length; s++) {
                while (done < sizes[s]) {
                    int count = Math.min(CHUNK, sizes[s] - done);
                    fill(faces, gallery * GALLERY + done, count, images, so);
                    done += count;
                }
                System.arraycopy(so, 0, best[s], gallery * images.length, images.length);
            }
        }
        List<Size> results = new ArrayList<>();
        for (int s = 0; s < sizes.length; s++) {
            results.add(size(sizes[s], mated, own, best[s], images.length, scale));
        }
        return results;
    }

    private static void fill(SyntheticFaces faces, long first, int count, float[][] images, double[] best) {
        FeatureVector[] some = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> faces.identity(SEED + first + i))
                .toArray(FeatureVector[]::new);
        FloatRows rows = new FloatRows(some[0].dimension());
        for (FeatureVector face : some) {
            rows.add(face);
        }
        IntStream.range(0, images.length)
                .parallel()
                .forEach(i -> best[i] =
                        Math.max(best[i], rows.nearestFrom(images[i], 0).score()));
    }

    private static Size size(int n, int mated, double[] own, double[] best, int images, OperatingPoints scale) {
        int galleries = best.length / images;
        double[] matedBest = new double[own.length];
        double[] strangers = new double[best.length - own.length];
        for (int g = 0; g < galleries; g++) {
            System.arraycopy(best, g * images, matedBest, g * mated, mated);
            System.arraycopy(best, g * images + mated, strangers, g * (images - mated), images - mated);
        }
        List<Policy> policy = new ArrayList<>();
        for (double bound : BOUNDS) {
            policy.add(new IdentificationBound(bound)
                    .pointFor(scale, n)
                    .map(point -> allowed(bound, n, point, own, matedBest, best))
                    .orElseGet(() -> new Policy(
                            bound,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
        }
        return new Size(
                n,
                Arrays.stream(best).average().orElseThrow(),
                Identification.of(n, own, matedBest, strangers),
                policy);
    }

    private static Policy allowed(
            double bound, int n, OperatingPoint point, double[] own, double[] matedBest, double[] best) {
        double threshold = point.threshold();
        long found = IntStream.range(0, own.length)
                .filter(i -> own[i] >= threshold && own[i] > matedBest[i])
                .count();
        long wrong = Arrays.stream(best).filter(score -> score >= threshold).count();
        return new Policy(
                bound,
                Optional.of(point.fmr()),
                Optional.of(threshold),
                Optional.of(IdentificationBound.fpir(point.fmr(), n)),
                Optional.of((double) wrong / best.length),
                Optional.of((double) found / own.length));
    }
}
