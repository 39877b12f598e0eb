package org.vultus.evaluation.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.protocol.PadScores;

/**
 * What an evaluation of presentation attack detection found (ISO/IEC 30107-3); the JSON names are a contract. Images that
 * yielded no score are failures to acquire and count in no other rate.
 *
 * @param threshold the score that a live presentation must reach: the product's own
 * @param failureToAcquire the share of all images without a score
 * @param single of single frames
 * @param bag10 of ten frames each, one after the other in their folder, by the score that more than half of them reach
 */
public record PadMetrics(
        double threshold,
        int images,
        @JsonProperty("failure_to_acquire") double failureToAcquire,
        @JsonProperty("failures_by_reason") Map<Reason, Integer> failures,
        Presentations single,
        Presentations bag10,
        @JsonProperty("model_pack") String modelPack) {

    private static final double AT_BPCER = 0.05;

    /**
     * All presentations of one length.
     *
     * @param apcer of all attacks pooled; the standard's is that of the worst species, which {@code sources} show where each
     *     holds one
     * @param acer the mean of the two
     * @param eer where the two are equal
     * @param eerInterval 95 % interval of {@code eer}, over sources and not over frames: sources drawn again with replacement
     * @param apcerInterval that of {@code apcer}, over the sources that hold attacks
     * @param bpcerInterval that of {@code bpcer}, over the sources that hold live presentations
     * @param auc the probability that a live presentation scores above an attack
     * @param apcerAtBpcer5 the APCER at the highest threshold whose BPCER is at most 5 %
     * @param worstSource the one with the highest {@code eer}
     */
    public record Presentations(
            @JsonProperty("bona_fide") int bonaFide,
            int attacks,
            Optional<Double> apcer,
            Optional<Double> bpcer,
            Optional<Double> acer,
            Optional<Double> eer,
            @JsonProperty("eer_ci95_over_sources") Optional<double[]> eerInterval,
            @JsonProperty("apcer_ci95_over_sources") Optional<double[]> apcerInterval,
            @JsonProperty("bpcer_ci95_over_sources") Optional<double[]> bpcerInterval,
            Optional<Double> auc,
            @JsonProperty("apcer_at_bpcer_5") Optional<Double> apcerAtBpcer5,
            @JsonProperty("worst_source") Optional<String> worstSource,
            Map<String, Source> sources) {}

    /** One source by itself; rates that need presentations that were not there are absent. */
    public record Source(
            @JsonProperty("bona_fide") int bonaFide,
            int attacks,
            @JsonProperty("failure_to_acquire") Optional<Double> failureToAcquire,
            Optional<Double> apcer,
            Optional<Double> bpcer,
            Optional<Double> acer,
            Optional<Double> eer,
            Optional<Double> auc,
            @JsonProperty("apcer_at_bpcer_5") Optional<Double> apcerAtBpcer5) {

        static Source of(PadScores scores, double threshold) {
            ErrorRates errors = new ErrorRates(scores.bonaFide(), scores.attacks());
            Optional<Double> apcer =
                    errors.nonMatedCount() == 0 ? Optional.empty() : Optional.of(errors.fmr(threshold));
            Optional<Double> bpcer = errors.matedCount() == 0 ? Optional.empty() : Optional.of(errors.fnmr(threshold));
            boolean both = apcer.isPresent() && bpcer.isPresent();
            int images = scores.bonaFideImages() + scores.attackImages();
            return new Source(
                    errors.matedCount(),
                    errors.nonMatedCount(),
                    images == 0
                            ? Optional.empty()
                            : Optional.of(
                                    (double) (scores.bonaFideNonResponses() + scores.attackNonResponses()) / images),
                    apcer,
                    bpcer,
                    apcer.flatMap(a -> bpcer.map(b -> (a + b) / 2)),
                    both ? Optional.of(errors.eer()) : Optional.empty(),
                    both ? Optional.of(PadMetrics.auc(scores.bonaFide(), scores.attacks())) : Optional.empty(),
                    both ? Optional.of(PadMetrics.apcerAtBpcer(scores.bonaFide(), errors)) : Optional.empty());
        }
    }

    /**
     * @param single the scores of single frames of each source
     * @param bags the scores of bags of ten
     */
    public static PadMetrics of(
            double threshold,
            List<PadScores> single,
            List<PadScores> bags,
            Map<Reason, Integer> failures,
            String modelPack) {
        PadScores all = PadScores.pooled(single);
        int images = all.bonaFideImages() + all.attackImages();
        return new PadMetrics(
                threshold,
                images,
                images == 0 ? 0 : (double) (all.bonaFideNonResponses() + all.attackNonResponses()) / images,
                failures,
                presentations(single, threshold),
                presentations(bags, threshold),
                modelPack);
    }

    private static Presentations presentations(List<PadScores> scores, double threshold) {
        Source all = Source.of(PadScores.pooled(scores), threshold);
        Map<String, Source> sources = new TreeMap<>();
        scores.forEach(s -> sources.put(s.name(), Source.of(s, threshold)));
        return new Presentations(
                all.bonaFide(),
                all.attacks(),
                all.apcer(),
                all.bpcer(),
                all.acer(),
                all.eer(),
                overSources(scores, s -> live(s) && attacked(s), ErrorRates::eer),
                overSources(scores, PadMetrics::attacked, errors -> errors.fmr(threshold)),
                overSources(scores, PadMetrics::live, errors -> errors.fnmr(threshold)),
                all.auc(),
                all.apcerAtBpcer5(),
                sources.entrySet().stream()
                        .filter(e -> e.getValue().eer().isPresent())
                        .max(Comparator.comparingDouble(e -> e.getValue().eer().orElseThrow()))
                        .map(Map.Entry::getKey),
                sources);
    }

    /** The share of pairs of a live presentation and an attack that are in the right order; equal scores count a half. */
    static double auc(double[] bonaFide, double[] attacks) {
        double[] sorted = attacks.clone();
        Arrays.sort(sorted);
        double below = 0;
        for (double score : bonaFide) {
            below += (first(sorted, score) + first(sorted, Math.nextUp(score))) / 2.0;
        }
        return below / bonaFide.length / attacks.length;
    }

    /** How many of the ascending values are below. */
    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double apcerAtBpcer(double[] bonaFide, ErrorRates errors) {
        double[] sorted = bonaFide.clone();
        Arrays.sort(sorted);
        return errors.fmr(sorted[(int) (AT_BPCER * sorted.length)]);
    }

    private static boolean live(PadScores scores) {
        return scores.bonaFide().length > 0;
    }

    private static boolean attacked(PadScores scores) {
        return scores.attacks().length > 0;
    }

    /**
     * The percentile bootstrap of Efron (1979) with sources as its units. Nothing where fewer than three sources tell
     * anything of the rate.
     */
    private static Optional<double[]> overSources(
            List<PadScores> scores, Predicate<PadScores> tells, ToDoubleFunction<ErrorRates> rate) {
        List<PadScores> telling = scores.stream().filter(tells).toList();
        if (telling.size() < 3) {
            return Optional.empty();
        }
        int draws = 400;
        Random random = new Random(1);
        double[] rates = new double[draws];
        for (int i = 0; i < draws; i++) {
            List<PadScores> drawn = new ArrayList<>();
            for (int j = 0; j < telling.size(); j++) {
                drawn.add(telling.get(random.nextInt(telling.size())));
            }
            PadScores pooled = PadScores.pooled(drawn);
            rates[i] = rate.applyAsDouble(new ErrorRates(pooled.bonaFide(), pooled.attacks()));
        }
        Arrays.sort(rates);
        return Optional.of(new double[] {rates[draws / 40], rates[draws - 1 - draws / 40]});
    }

    /** A few lines for the terminal. */
    public String summary() {
        return String.join(
                System.lineSeparator(),
                "%d images, failure to acquire %s".formatted(images, VerificationReport.percent(failureToAcquire)),
                row("single frames", single),
                row("bags of 10", bag10));
    }

    private static String row(String label, Presentations p) {
        return String.format(
                Locale.ROOT,
                "%s: %d live, %d attacks; EER %s%s, APCER %s%s, BPCER %s%s, APCER at BPCER 5 %% %s; worst source %s",
                label,
                p.bonaFide(),
                p.attacks(),
                percent(p.eer()),
                interval(p.eerInterval()),
                percent(p.apcer()),
                interval(p.apcerInterval()),
                percent(p.bpcer()),
                interval(p.bpcerInterval()),
                percent(p.apcerAtBpcer5()),
                p.worstSource().orElse("-"));
    }

    /** Behind its rate; nothing where there is none. */
    static String interval(Optional<double[]> interval) {
        return interval.map(ci ->
                        " (%s–%s)".formatted(VerificationReport.percent(ci[0]), VerificationReport.percent(ci[1])))
                .orElse("");
    }

    static String percent(Optional<Double> rate) {
        return rate.map(VerificationReport::percent).orElse("-");
    }
}
