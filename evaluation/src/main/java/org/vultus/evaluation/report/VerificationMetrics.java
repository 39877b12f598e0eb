package org.vultus.evaluation.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.evaluation.metrics.Accuracy;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;
import org.vultus.evaluation.metrics.Interval;
import org.vultus.evaluation.protocol.ImageRun;

/**
 * What an evaluation found; the JSON names are a contract. The keys of the two maps are rates as they were asked for.
 */
public record VerificationMetrics(
        int pairs,
        int mated,
        @JsonProperty("non_mated") int nonMated,
        int images,
        @JsonProperty("failure_to_acquire_rate") double failureToAcquireRate,
        @JsonProperty("failures_by_reason") Map<Reason, Integer> failures,
        double accuracy,
        @JsonProperty("accuracy_standard_deviation") double accuracyStandardDeviation,
        int folds,
        double eer,
        @JsonProperty("fnmr_at_fmr") Map<String, AtRate> fnmrAtFmr,
        @JsonProperty("shipped_operating_points") List<Shipped> shipped,
        Optional<Enrolment> enrolment,
        Optional<Ranks> identification,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("model_pack") String modelPack,
        @JsonProperty("extractor_sha256") String extractor) {

    /** What the sample shows at a stated rate. */
    public sealed interface AtRate {}

    /** A threshold for a stated FMR, and the rates seen on this sample. */
    public record AtFmr(
            double threshold,
            double fmr,
            double fnmr,
            @JsonProperty("fnmr_ci95") double[] fnmrInterval) implements AtRate {}

    /** A threshold for a stated FPIR, and the rates seen on this sample. */
    public record AtFpir(
            double threshold,
            double fpir,
            double fnir,
            @JsonProperty("fnir_ci95") double[] fnirInterval) implements AtRate {}

    /** The sample is too small for the rate. */
    public enum NotDemonstrated implements AtRate {
        NOT_DEMONSTRATED;

        /** In the JSON this text stands where the point would. */
        @JsonValue
        @Override
        public String toString() {
            return "not demonstrated";
        }
    }

    /** How the calibrated thresholds that the product uses do on this sample. */
    public record Shipped(
            @JsonProperty("nominal_fmr") double nominal,
            double threshold,
            double fmr,
            @JsonProperty("fmr_ci95") double[] fmrInterval,
            double fnmr,
            @JsonProperty("fnmr_ci95") double[] fnmrInterval) {}

    /** Only for {@code --enrol}. */
    public record Enrolment(
            @JsonProperty("images_per_person") int imagesPerPerson,
            int people,
            @JsonProperty("not_enrolled") int notEnrolled) {}

    /**
     * Only for {@code --enrol}.
     *
     * @param probes images of people in the gallery, each searched for
     * @param nonMatedSearches the same images with their own reference taken out of the gallery, and all images of people who
     *     are not in it
     */
    public record Ranks(
            int gallery,
            int probes,
            @JsonProperty("non_mated_searches") int nonMatedSearches,
            double rank1,
            @JsonProperty("fnir_at_fpir") Map<String, AtRate> fnirAtFpir) {}

    /**
     * @param rates the FMRs to report, as they are written in the JSON
     */
    public static VerificationMetrics of(
            ErrorRates errors,
            List<String> rates,
            Accuracy accuracy,
            ImageRun run,
            Optional<Enrolment> enrolment,
            Optional<Identification> identification,
            Optional<OperatingPoints> points,
            String modelPack,
            String extractor) {
        Map<String, AtRate> atFmr = new LinkedHashMap<>();
        for (String rate : rates) {
            atFmr.put(
                    rate,
                    orNotDemonstrated(errors.atFmr(Double.parseDouble(rate))
                            .map(p -> new AtFmr(p.threshold(), p.fmr(), p.fnmr(), array(p.fnmrInterval())))));
        }
        return new VerificationMetrics(
                errors.matedCount() + errors.nonMatedCount(),
                errors.matedCount(),
                errors.nonMatedCount(),
                run.outcomes().size(),
                run.failureToAcquireRate(),
                run.refusals(),
                accuracy.mean(),
                accuracy.standardDeviation(),
                accuracy.folds(),
                errors.eer(),
                atFmr,
                points.map(p -> p.points().stream()
                                .map(point -> shipped(point, errors))
                                .toList())
                        .orElse(List.of()),
                enrolment,
                identification.map(VerificationMetrics::ranks),
                run.imagesPerSecond(),
                modelPack,
                extractor);
    }

    private static Shipped shipped(OperatingPoint point, ErrorRates errors) {
        ErrorRates.Point seen = errors.at(point.threshold());
        long falseMatches = Math.round(seen.fmr() * errors.nonMatedCount());
        return new Shipped(
                point.fmr(),
                point.threshold(),
                seen.fmr(),
                array(Interval.wilson(falseMatches, errors.nonMatedCount())),
                seen.fnmr(),
                array(seen.fnmrInterval()));
    }

    private static Ranks ranks(Identification found) {
        Map<String, AtRate> fnir = new LinkedHashMap<>();
        found.fnirAtFpir()
                .forEach((rate, point) -> fnir.put(
                        rate,
                        orNotDemonstrated(point.map(
                                p -> new AtFpir(p.threshold(), p.fpir(), p.fnir(), array(p.fnirInterval()))))));
        return new Ranks(found.gallery(), found.matedSearches(), found.nonMatedSearches(), found.rank1(), fnir);
    }

    private static AtRate orNotDemonstrated(Optional<? extends AtRate> value) {
        return value.isPresent() ? value.get() : NotDemonstrated.NOT_DEMONSTRATED;
    }

    private static double[] array(Interval interval) {
        return new double[] {interval.low(), interval.high()};
    }
}
