package org.vultus.evaluation.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.EmbeddingBasis;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.ScoreHistogram;
import org.vultus.evaluation.protocol.UserError;

/**
 * What {@code operating-points.json} holds: the thresholds of one extractor, and what its features are like. The component
 * names are the keys of the file.
 *
 * @param format 1
 * @param source what it was measured on
 * @param det the curve of both errors, by falling FMR, as far as the sample shows it
 * @param basis the axes of the features, which have a file of their own
 */
public record Calibration(
        int format,
        @JsonProperty("extractor_sha256") String extractor,
        String source,
        int people,
        int images,
        @JsonProperty("operating_points") List<Point> points,
        List<Cost> det,
        Scores mated,
        @JsonProperty("non_mated") Scores nonMated,
        Embedding embedding,
        @JsonIgnore EmbeddingBasis basis) {

    /** The FMRs that thresholds are given for. */
    private static final double[] RATES = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

    /** Of the curve: a point for each eighth of a decade. */
    private static final int A_DECADE = 8;

    /** Where the tail begins that is continued beyond what the sample shows. */
    private static final double TAIL = 1e-3;

    /** The fewest scores that a tail is fitted to; of a small sample the tail is the larger for it. */
    private static final int TAIL_SCORES = 30;

    /** How many axes of the features are kept; the default extractor's features lie within 1 % of so many. */
    private static final int AXES = 192;

    /** How many images are compared with all others before their scores are counted: bounds the memory. */
    private static final int ROWS = 256;

    /**
     * @param fnmr the share of mated comparisons below the threshold, image against image
     * @param demonstrated false where the threshold is extrapolated
     */
    public record Point(double fmr, double threshold, boolean demonstrated, double fnmr) {}

    /** Both errors of one threshold (ISO/IEC 19795-1, DET), image against image. */
    public record Cost(double fmr, double fnmr) {}

    public record Scores(
            long comparisons,
            double mean,
            @JsonProperty("standard_deviation") double standardDeviation) {}

    /**
     * @param mean of the features
     * @param spectrum eigenvalues of the features' covariance, falling
     * @param effectiveDimension the participation ratio of the spectrum, (Σλ)² / Σλ²
     */
    public record Embedding(
            float[] mean,
            @JsonProperty("covariance_spectrum") float[] spectrum,
            @JsonProperty("effective_dimension") double effectiveDimension) {}

    /**
     * Compares every image with every other.
     *
     * @param features of all images
     * @param person for each image the number of its person
     * @throws UserError when there are too few comparisons for even the highest of the rates, or none of one person
     */
    public static Calibration of(String source, List<FeatureVector> features, int[] person) {
        ScoreHistogram mated = new ScoreHistogram();
        ScoreHistogram nonMated = new ScoreHistogram();
        // A few rows at a time in parallel, but counted in order, so that even the rounding of the mean does not depend
        // on
        // the number of threads.
        for (int from = 0; from < person.length; from += ROWS) {
            int first = from;
            double[][] rows = new double[Math.min(ROWS, person.length - first)][];
            IntStream.range(0, rows.length).parallel().forEach(i -> rows[i] = row(features, first + i));
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < first + i; j++) {
                    (person[j] == person[first + i] ? mated : nonMated).add(rows[i][j]);
                }
            }
        }
        if (mated.total() == 0 || !ErrorRates.demonstrates(RATES[0], nonMated.total())) {
            throw new UserError(
                    "%d comparisons of one person and %d of two people; at least 1 and %.0f are needed for thresholds"
                            .formatted(mated.total(), nonMated.total(), 3 / RATES[0]));
        }
        EmbeddingBasis basis = basis(features);
        return new Calibration(
                1,
                features.getFirst().extractor().sha256(),
                source,
                (int) Arrays.stream(person).distinct().count(),
                features.size(),
                points(mated, nonMated),
                det(mated, nonMated),
                new Scores(mated.total(), mated.mean(), mated.standardDeviation()),
                new Scores(nonMated.total(), nonMated.mean(), nonMated.standardDeviation()),
                embedding(basis),
                basis);
    }

    /** The scores of image {@code i} against all before it. */
    private static double[] row(List<FeatureVector> features, int i) {
        double[] scores = new double[i];
        for (int j = 0; j < i; j++) {
            scores[j] = features.get(i).cosine(features.get(j));
        }
        return scores;
    }

    private static List<Point> points(ScoreHistogram mated, ScoreHistogram nonMated) {
        double tail = Math.max(TAIL, (double) TAIL_SCORES / nonMated.total());
        List<Point> points = new ArrayList<>();
        for (double rate : RATES) {
            boolean demonstrated = ErrorRates.demonstrates(rate, nonMated.total());
            Optional<Double> seen = demonstrated ? nonMated.threshold(rate) : Optional.empty();
            double threshold = seen.orElseGet(() -> nonMated.extrapolate(rate, tail));
            if (!points.isEmpty() && threshold <= points.getLast().threshold()) {
                break; // The sample is too small to tell this rate from the last one.
            }
            points.add(new Point(rate, threshold, seen.isPresent(), 1 - mated.reaching(threshold)));
        }
        return points;
    }

    private static List<Cost> det(ScoreHistogram mated, ScoreHistogram nonMated) {
        return IntStream.iterate(A_DECADE, step -> step + 1)
                .mapToDouble(step -> Math.pow(10, -(double) step / A_DECADE))
                .takeWhile(rate -> ErrorRates.demonstrates(rate, nonMated.total()))
                .mapToObj(rate -> nonMated.threshold(rate)
                        .map(threshold -> new Cost(nonMated.reaching(threshold), 1 - mated.reaching(threshold))))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Embedding embedding(EmbeddingBasis basis) {
        float[] spectrum = basis.spectrum();
        double sum = 0;
        double squares = 0;
        for (float value : spectrum) {
            sum += value;
            squares += (double) value * value;
        }
        return new Embedding(basis.mean(), spectrum, sum * sum / squares);
    }

    /** The directions in which the features differ. */
    private static EmbeddingBasis basis(List<FeatureVector> features) {
        int n = features.getFirst().dimension();
        double[] mean = new double[n];
        for (FeatureVector feature : features) {
            float[] f = feature.toArray();
            for (int i = 0; i < n; i++) {
                mean[i] += f[i] / features.size();
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(n, n);
        for (FeatureVector feature : features) {
            float[] f = feature.toArray();
            for (int i = 0; i < n; i++) {
                double di = (f[i] - mean[i]) / features.size();
                for (int j = 0; j < n; j++) {
                    covariance.data[i * n + j] += di * (f[j] - mean[j]);
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(covariance)) {
            throw new IllegalStateException("the covariance of the features has no eigenvalues");
        }
        List<Integer> falling = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -eigen.getEigenvalue(i).getReal()))
                .toList();
        float[] spectrum = floats(falling.stream()
                .mapToDouble(i -> Math.max(0, eigen.getEigenvalue(i).getReal()))
                .toArray());
        float[][] axes = falling.stream()
                .limit(AXES)
                .map(i -> floats(eigen.getEigenVector(i).getData()))
                .toArray(float[][]::new);
        return new EmbeddingBasis(features.getFirst().extractor(), floats(mean), spectrum, axes);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
