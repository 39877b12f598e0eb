package org.vultus.evaluation.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Interval;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.PadScores;

/**
 * What an evaluation of presentation attack detection found (ISO/IEC 30107-3); the JSON names are a contract. Images that
 * yielded no score are non-responses and count in no other rate. The APCER is that of all attacks pooled; the standard's, the
 * worst of any species of attack, can be read from {@code sources} where each holds one species.
 *
 * @param frames images of one presentation
 * @param bonaFide presentations
 * @param attacks presentations
 * @param bpnrr the share of images of live faces that yielded no score
 * @param apnrr the share of images of attacks that yielded no score
 * @param eer where APCER and BPCER are equal (D-EER)
 * @param apcerAtBpcer the key is the BPCER that the threshold keeps to; one that the sample cannot show is left out
 * @param bpcerAtApcer the key is the APCER that the threshold keeps to; likewise
 * @param shipped the checks of the product that decide by so few frames, by name
 */
public record PadMetrics(
        @JsonProperty("frames_per_presentation") int frames,
        @JsonProperty("bona_fide") int bonaFide,
        int attacks,
        int images,
        double bpnrr,
        double apnrr,
        @JsonProperty("failures_by_reason") Map<Reason, Integer> failures,
        double eer,
        @JsonProperty("apcer_at_bpcer") Map<String, Rates> apcerAtBpcer,
        @JsonProperty("bpcer_at_apcer") Map<String, Rates> bpcerAtApcer,
        Map<String, Rates> shipped,
        List<Source> sources,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("model_pack") String modelPack) {

    private static final List<String> RATES = List.of("1e-1", "5e-2", "1e-2");

    /** A threshold and its errors; those of presentations that were not there are absent. */
    public record Rates(
            double threshold,
            Optional<Double> apcer,
            @JsonProperty("apcer_ci95") Optional<double[]> apcerInterval,
            Optional<Double> bpcer,
            @JsonProperty("bpcer_ci95") Optional<double[]> bpcerInterval) {

        static Rates of(double threshold, ErrorRates errors) {
            Optional<Double> apcer =
                    errors.nonMatedCount() == 0 ? Optional.empty() : Optional.of(errors.fmr(threshold));
            Optional<Double> bpcer = errors.matedCount() == 0 ? Optional.empty() : Optional.of(errors.fnmr(threshold));
            return new Rates(
                    threshold,
                    apcer,
                    apcer.map(rate -> interval(rate, errors.nonMatedCount())),
                    bpcer,
                    bpcer.map(rate -> interval(rate, errors.matedCount())));
        }

        private static double[] interval(double rate, int trials) {
            Interval interval = Interval.wilson(Math.round(rate * trials), trials);
            return new double[] {interval.low(), interval.high()};
        }
    }

    /** One source by itself. */
    public record Source(
            String name,
            @JsonProperty("bona_fide") int bonaFide,
            int attacks,
            @JsonProperty("bona_fide_non_responses") int bonaFideNonResponses,
            @JsonProperty("attack_non_responses") int attackNonResponses,
            Map<String, Rates> shipped) {}

    /** @param sources at least one bona fide presentation and one attack among them */
    public static PadMetrics of(int frames, List<PadScores> sources, ImageRun run, String modelPack) {
        PadScores all = PadScores.pooled(sources);
        ErrorRates errors = errors(all);
        return new PadMetrics(
                frames,
                all.bonaFide().length,
                all.attacks().length,
                all.bonaFideImages() + all.attackImages(),
                (double) all.bonaFideNonResponses() / all.bonaFideImages(),
                (double) all.attackNonResponses() / all.attackImages(),
                run.refusals(),
                errors.eer(),
                points(errors::atFnmr, errors),
                points(errors::atFmr, errors),
                shipped(frames, errors),
                sources.stream()
                        .map(s -> new Source(
                                s.name(),
                                s.bonaFide().length,
                                s.attacks().length,
                                s.bonaFideNonResponses(),
                                s.attackNonResponses(),
                                shipped(frames, errors(s))))
                        .toList(),
                run.imagesPerSecond(),
                modelPack);
    }

    /** A bona fide presentation takes the place of a mated comparison, an attack that of a non-mated one. */
    private static ErrorRates errors(PadScores scores) {
        return new ErrorRates(scores.bonaFide(), scores.attacks());
    }

    private static Map<String, Rates> points(
            Function<Double, Optional<ErrorRates.Point>> thresholdAt, ErrorRates errors) {
        Map<String, Rates> points = new LinkedHashMap<>();
        for (String rate : RATES) {
            thresholdAt
                    .apply(Double.parseDouble(rate))
                    .ifPresent(point -> points.put(rate, Rates.of(point.threshold(), errors)));
        }
        return points;
    }

    private static Map<String, Rates> shipped(int frames, ErrorRates errors) {
        Map<String, Rates> shipped = new LinkedHashMap<>();
        Map<String, PassivePad> checks = new LinkedHashMap<>();
        checks.put("SIGN_IN", PassivePad.SIGN_IN);
        checks.put("ENROLMENT_IMAGE", PassivePad.ENROLMENT_IMAGE);
        checks.forEach((name, check) -> {
            if (check.minimumFrames() <= frames) {
                shipped.put(name, Rates.of(check.threshold(), errors));
            }
        });
        return shipped;
    }

    /** A few lines for the terminal. */
    public String summary() {
        return Stream.of(
                        Stream.of(
                                "%d bona fide presentations and %d attacks of %d frame%s; no score from %s and %s of the images; D-EER %s"
                                        .formatted(
                                                bonaFide,
                                                attacks,
                                                frames,
                                                frames == 1 ? "" : "s",
                                                percent(bpnrr),
                                                percent(apnrr),
                                                percent(eer))),
                        apcerAtBpcer.entrySet().stream().map(e -> "at BPCER " + e.getKey() + ": " + row(e.getValue())),
                        shipped.entrySet().stream().map(e -> e.getKey() + ": " + row(e.getValue())),
                        sources.stream()
                                .flatMap(s -> s.shipped().entrySet().stream()
                                        .map(e -> s.name() + ", " + e.getKey() + ": " + row(e.getValue()))))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String row(Rates rates) {
        return String.format(
                Locale.ROOT,
                "APCER %s, BPCER %s, threshold %.6f",
                rates.apcer().map(PadMetrics::percent).orElse("-"),
                rates.bpcer().map(PadMetrics::percent).orElse("-"),
                rates.threshold());
    }

    private static String percent(double rate) {
        return VerificationReport.percent(rate);
    }
}
