package org.vultus.evaluation.gallery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.CancellableTransform;
import org.vultus.biometrics.match.EmbeddingBasis;

/**
 * What a leaked collection of transformed vectors gives away (after ISO/IEC 24745 and 30136): scores of the same and of different
 * people across two keys, and how near to the original one comes without the key. With synthetic identities.
 */
public final class UnlinkabilityStudy {
    private static final long SEED = 24745;
    private static final double COSINE = 0.678;
    private static final UUID DEPARTMENT = new UUID(7, 7);

    /**
     * @param aucSameKey mated against non-mated scores under one key: what the transform keeps
     * @param aucAcrossKeys the same across two keys, all pairs of keys together: 0.5 is nothing
     * @param aucAcrossKeysFrom the least and the largest of a single pair of keys
     * @param linkability of the scores across keys, after Gomez-Barrero et al. (2018), 0 to 1
     * @param cosineError the largest change of a cosine under one key
     * @param takenAsIs reading the leaked vector as it is
     * @param wrongKey reversing with a key that was guessed, the best of all guesses
     * @param aligned turning the whole collection so that its mean and covariance fit the published ones
     */
    public record Result(
            int people,
            int keys,
            @JsonProperty("auc_same_key") double aucSameKey,
            @JsonProperty("auc_across_keys") double aucAcrossKeys,
            @JsonProperty("auc_across_keys_from") double aucAcrossKeysFrom,
            @JsonProperty("auc_across_keys_to") double aucAcrossKeysTo,
            double linkability,
            @JsonProperty("cosine_error") double cosineError,
            @JsonProperty("inversion_taken_as_is") Inversion takenAsIs,
            @JsonProperty("inversion_wrong_key") Inversion wrongKey,
            @JsonProperty("inversion_aligned") Inversion aligned) {}

    /**
     * How alike what was recovered and the original are.
     *
     * @param matches the share that a comparison at the threshold would take for the person
     */
    public record Inversion(
            @JsonProperty("mean_cosine") double mean,
            @JsonProperty("largest_cosine") double largest,
            double matches) {}

    private UnlinkabilityStudy() {}

    /**
     * @param keys how many pairs of keys, and how many guesses at a key
     * @param threshold from which a comparison is a match
     */
    public static Result of(EmbeddingBasis basis, int people, int keys, double threshold) {
        SyntheticFaces faces = new SyntheticFaces(basis, SEED);
        List<FeatureVector> first =
                IntStream.range(0, people).parallel().mapToObj(faces::identity).toList();
        List<FeatureVector> second = IntStream.range(0, people)
                .parallel()
                .mapToObj(i -> faces.view(i, 0, COSINE))
                .toList();
        CancellableTransform leak = transform(basis, 0);
        List<FeatureVector> leaked = first.stream().map(leak::apply).toList();
        List<FeatureVector> sameKey = second.stream().map(leak::apply).toList();
        double error = 0;
        for (int i = 0; i < people; i++) {
            error = Math.max(
                    error,
                    Math.abs(first.get(i).cosine(second.get(i)) - leaked.get(i).cosine(sameKey.get(i))));
        }
        List<Double> mated = new ArrayList<>();
        List<Double> nonMated = new ArrayList<>();
        double least = 1;
        double largest = 0;
        for (int key = 1; key <= keys; key++) {
            double[][] scores =
                    scores(images(first, transform(basis, 2 * key)), images(second, transform(basis, 2 * key + 1)));
            double auc = auc(scores[0], scores[1]);
            least = Math.min(least, auc);
            largest = Math.max(largest, auc);
            Arrays.stream(scores[0]).forEach(mated::add);
            Arrays.stream(scores[1]).forEach(nonMated::add);
        }
        double[] allMated = mated.stream().mapToDouble(Double::doubleValue).toArray();
        double[] allNonMated =
                nonMated.stream().mapToDouble(Double::doubleValue).toArray();
        double[][] same = scores(images(first, leak), images(second, leak));
        return new Result(
                people,
                keys,
                auc(same[0], same[1]),
                auc(allMated, allNonMated),
                least,
                largest,
                linkability(allMated, allNonMated),
                error,
                inversion(
                        threshold,
                        people,
                        i -> dot(leaked.get(i).toArray(), first.get(i).toArray())),
                wrongKeys(basis, leaked, first, keys, threshold),
                aligned(basis, leaked, first, threshold));
    }

    private static CancellableTransform transform(EmbeddingBasis basis, int key) {
        byte[] secret = new byte[32];
        new Random(SEED + key).nextBytes(secret);
        return CancellableTransform.of(
                new SecretKeySpec(secret, "HKDF"), DEPARTMENT, 1, basis.extractor(), basis.dimension());
    }

    /** As bare numbers: an attacker is not kept from comparing what the types keep apart. */
    private static float[][] images(List<FeatureVector> vectors, CancellableTransform transform) {
        return vectors.stream().map(v -> transform.apply(v).toArray()).toArray(float[][]::new);
    }

    /** Of each with its own, and of each with the next one. */
    private static double[][] scores(float[][] a, float[][] b) {
        double[][] scores = new double[2][a.length];
        for (int i = 0; i < a.length; i++) {
            scores[0][i] = dot(a[i], b[i]);
            scores[1][i] = dot(a[i], b[(i + 1) % a.length]);
        }
        return scores;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            sum += (double) a[i] * b[i];
        }
        return Math.clamp(sum, -1.0, 1.0);
    }

    /** The chance that a mated score is above a non-mated one (Mann and Whitney); ties count half. */
    static double auc(double[] mated, double[] nonMated) {
        double[] sorted = nonMated.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (double score : mated) {
            int below = position(sorted, score, false);
            int atMost = position(sorted, score, true);
            sum += below + (atMost - below) / 2.0;
        }
        return sum / mated.length / sorted.length;
    }

    private static int position(double[] sorted, double value, boolean inclusive) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (inclusive && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** D↔sys with equal priors: 2·p/(1+p) − 1 where the likelihood ratio p exceeds 1, averaged over mated scores in 50 bins. */
    private static double linkability(double[] mated, double[] nonMated) {
        int bins = 50;
        double from = Math.min(
                Arrays.stream(mated).min().orElseThrow(),
                Arrays.stream(nonMated).min().orElseThrow());
        double to = Math.max(
                Arrays.stream(mated).max().orElseThrow(),
                Arrays.stream(nonMated).max().orElseThrow());
        double[][] counts = new double[2][bins];
        for (int kind = 0; kind < 2; kind++) {
            double[] scores = kind == 0 ? mated : nonMated;
            for (double score : scores) {
                counts[kind][(int) Math.min(bins - 1, (score - from) / (to - from) * bins)] += 1.0 / scores.length;
            }
        }
        double sum = 0;
        for (int i = 0; i < bins; i++) {
            double ratio = counts[1][i] == 0 ? Double.POSITIVE_INFINITY : counts[0][i] / counts[1][i];
            if (counts[0][i] > 0 && ratio > 1) {
                sum += counts[0][i] * (Double.isInfinite(ratio) ? 1 : 2 * ratio / (1 + ratio) - 1);
            }
        }
        return sum;
    }

    private static Inversion inversion(double threshold, int people, IntToDoubleFunction cosineOf) {
        double[] cosines =
                IntStream.range(0, people).parallel().mapToDouble(cosineOf).toArray();
        return new Inversion(
                Arrays.stream(cosines).average().orElseThrow(),
                Arrays.stream(cosines).max().orElseThrow(),
                Arrays.stream(cosines).filter(c -> c >= threshold).count() / (double) people);
    }

    private static Inversion wrongKeys(
            EmbeddingBasis basis, List<FeatureVector> leaked, List<FeatureVector> first, int keys, double threshold) {
        List<CancellableTransform> guesses = IntStream.range(0, keys)
                .mapToObj(i -> transform(basis, 1_000_000 + i))
                .toList();
        return inversion(threshold, leaked.size(), i -> {
            double best = -1;
            for (CancellableTransform guess : guesses) {
                FeatureVector taken =
                        FeatureVector.normalised(guess.image(), leaked.get(i).toArray());
                best = Math.max(best, guess.reverse(taken).cosine(first.get(i)));
            }
            return best;
        });
    }

    /**
     * An orthogonal transform keeps the eigenvalues of the covariance. Whoever knows the population's axes, which are published with
     * the model pack, can pair them with those of the collection in order of eigenvalue, and guess the signs by the mean.
     */
    private static Inversion aligned(
            EmbeddingBasis basis, List<FeatureVector> leaked, List<FeatureVector> first, double threshold) {
        int n = leaked.getFirst().dimension();
        double[] mean = new double[n];
        for (FeatureVector vector : leaked) {
            float[] x = vector.toArray();
            for (int i = 0; i < n; i++) {
                mean[i] += x[i] / leaked.size();
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(n, n);
        for (FeatureVector vector : leaked) {
            float[] x = vector.toArray();
            for (int i = 0; i < n; i++) {
                double di = (x[i] - mean[i]) / leaked.size();
                for (int j = 0; j < n; j++) {
                    covariance.data[i * n + j] += di * (x[j] - mean[j]);
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(covariance)) {
            throw new IllegalStateException("the covariance of the collection has no eigenvalues");
        }
        int[] falling = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -eigen.getEigenvalue(i).getReal()))
                .mapToInt(Integer::intValue)
                .limit(basis.axes())
                .toArray();
        float[] known = basis.mean();
        double[][] axes = new double[falling.length][];
        for (int k = 0; k < falling.length; k++) {
            axes[k] = eigen.getEigenVector(falling[k]).getData().clone();
            double here = 0;
            for (int i = 0; i < n; i++) {
                here += axes[k][i] * mean[i];
            }
            if (here * dot(basis.axis(k), known) < 0) {
                for (int i = 0; i < n; i++) {
                    axes[k][i] = -axes[k][i];
                }
            }
        }
        return inversion(threshold, leaked.size(), p -> {
            float[] x = leaked.get(p).toArray();
            float[] recovered = new float[basis.dimension()];
            for (int k = 0; k < axes.length; k++) {
                float along = 0;
                for (int i = 0; i < n; i++) {
                    along += (float) (axes[k][i] * x[i]);
                }
                float[] axis = basis.axis(k);
                for (int i = 0; i < recovered.length; i++) {
                    recovered[i] += along * axis[i];
                }
            }
            return FeatureVector.normalised(basis.extractor(), recovered).cosine(first.get(p));
        });
    }
}
