package org.vultus.evaluation.pad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.evaluation.protocol.UserError;

/**
 * Trains a head: one logistic regression on all evidence. A penalty makes its scores too careful; how much is found on
 * sources that it had not seen. Sources and classes count alike, however many images they have: what a head shall be good at is
 * the next source. Deterministic.
 */
final class PadTrainer {

    /**
     * On scaled values beside a total weight of 1. Strong, because frames of a source are much alike: what separates a few
     * sources by chance must not. Chosen by leaving each training source out in turn (docs/results/liveness.md).
     */
    private static final double PENALTY = 1;

    /** Beyond five digits a weight is noise, and makes the file longer. */
    private static final MathContext DIGITS = new MathContext(5);

    private PadTrainer() {}

    /**
     * @param head trained on all sources
     * @param unseen for each observation, in order, the log-odds by a head that was trained without its source
     */
    record Trained(PadHead head, double[] unseen) {}

    /** @throws UserError when there are fewer than three sources, or one class alone in the others of a source */
    static Trained train(List<Observation> observations) {
        List<String> sources = observations.stream()
                .map(Observation::source)
                .distinct()
                .sorted()
                .toList();
        if (sources.size() < 3) {
            throw new UserError(
                    "a head is trained on at least three sources, each left out in turn; there are " + sources.size());
        }
        double[] weights = weights(observations);
        double[] scores = new double[weights.length];
        for (String source : sources) {
            PadHead head = fit(observations, weights, o -> !o.source().equals(source));
            for (int i = 0; i < scores.length; i++) {
                if (observations.get(i).source().equals(source)) {
                    scores[i] = head.score(observations.get(i).evidence()).logOdds();
                }
            }
        }
        double[] unseen = new double[scores.length];
        for (String source : sources) {
            double[] scale =
                    calibration(observations, weights, scores, o -> !o.source().equals(source));
            for (int i = 0; i < scores.length; i++) {
                if (observations.get(i).source().equals(source)) {
                    unseen[i] = scale[0] * scores[i] + scale[1];
                }
            }
        }
        double[] scale = calibration(observations, weights, scores, o -> true);
        PadHead head = fit(observations, weights, o -> true).stretched(scale[0]).shifted(scale[1]);
        return new Trained(rounded(head), unseen);
    }

    /** One for each class of each source, shared out among its observations. */
    private static double[] weights(List<Observation> observations) {
        Map<String, Double> sums = new HashMap<>();
        observations.forEach(o -> sums.merge(o.source() + o.live(), share(o), Double::sum));
        return observations.stream()
                .mapToDouble(o -> share(o) / sums.getOrDefault(o.source() + o.live(), 1.0))
                .toArray();
    }

    /** What was made of an image, simulated attacks above all, tells less than the image itself. */
    private static double share(Observation observation) {
        return switch (observation.look()) {
            case PLAIN -> 1;
            case CLOSE, VARIED, SMALL, STREAMED, RECAPTURED -> 0.5;
        };
    }

    private static PadHead fit(List<Observation> observations, double[] weights, Predicate<Observation> chosen) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            Observation o = observations.get(i);
            if (chosen.test(o)) {
                rows.add(new LogisticRegression.Row(o.evidence().values(), o.live(), weights[i]));
            }
        }
        if (rows.stream().map(LogisticRegression.Row::positive).distinct().count() < 2) {
            throw new UserError("without one of the sources there are only live people or only attacks left");
        }
        return LogisticRegression.fit(rows, PENALTY);
    }

    /** What makes log-odds of scores that heads gave to sources they had not seen. */
    private static double[] calibration(
            List<Observation> observations, double[] weights, double[] scores, Predicate<Observation> chosen) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            Observation o = observations.get(i);
            // Simulated attacks are too easy to tell: they would make the scores too sure.
            if (chosen.test(o) && o.look() != Observation.Look.RECAPTURED) {
                rows.add(new LogisticRegression.Row(new double[] {scores[i]}, o.live(), weights[i]));
            }
        }
        return LogisticRegression.calibrate(rows);
    }

    private static PadHead rounded(PadHead exact) {
        return new PadHead(
                rounded(exact.centre()), rounded(exact.scale()), rounded(exact.weights()), rounded(exact.bias()));
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(PadTrainer::rounded).toArray();
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
