package org.vultus.evaluation.pad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.vultus.biometrics.liveness.PadHead;
import org.vultus.evaluation.protocol.UserError;

/**
 * Trains a head: a logistic regression on each kind of evidence, and one that stacks them, fitted on scores that the first two
 * gave to sources they had not seen (Wolpert, "Stacked generalization", 1992). Sources and classes count alike, however many
 * images they have: what a head shall be good at is the next source. Deterministic.
 */
final class PadTrainer {

    /**
     * Penalties on scaled values beside a total weight of 1. Strong, because frames of a source are much alike: what separates a few
     * sources by chance must not. Chosen by leaving each training source out in turn (docs/results/liveness.md).
     */
    private static final double CONTEXT_PENALTY = 0.5;

    private static final double TEXTURE_PENALTY = 0.5;
    private static final double STACK_PENALTY = 5e-5;

    /** Beyond six digits a weight is noise, and makes the file twice as long. */
    private static final MathContext DIGITS = new MathContext(6);

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
        double[][] stacked = new double[observations.size()][3];
        for (String source : sources) {
            Predicate<Observation> others = o -> !o.source().equals(source);
            PadHead.Linear context = fit(observations, weights, others, CONTEXT, CONTEXT_PENALTY);
            PadHead.Linear texture = fit(observations, weights, others, TEXTURE, TEXTURE_PENALTY);
            for (int i = 0; i < stacked.length; i++) {
                Observation o = observations.get(i);
                if (o.source().equals(source)) {
                    stacked[i] = new double[] {
                        o.evidence().logit(), context.of(CONTEXT.apply(o)), texture.of(TEXTURE.apply(o))
                    };
                }
            }
        }
        double[] unseen = new double[stacked.length];
        for (String source : sources) {
            PadHead.Linear stack =
                    stack(observations, weights, stacked, o -> !o.source().equals(source));
            for (int i = 0; i < stacked.length; i++) {
                if (observations.get(i).source().equals(source)) {
                    unseen[i] = stack.of(stacked[i]);
                }
            }
        }
        return new Trained(
                new PadHead(
                        rounded(fit(observations, weights, o -> true, CONTEXT, CONTEXT_PENALTY)),
                        rounded(fit(observations, weights, o -> true, TEXTURE, TEXTURE_PENALTY)),
                        rounded(stack(observations, weights, stacked, o -> true))),
                unseen);
    }

    private static final Function<Observation, double[]> CONTEXT =
            o -> o.evidence().context();
    private static final Function<Observation, double[]> TEXTURE =
            o -> o.evidence().texture();

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
            case CLOSE, VARIED, RECAPTURED -> 0.5;
        };
    }

    private static PadHead.Linear fit(
            List<Observation> observations,
            double[] weights,
            Predicate<Observation> chosen,
            Function<Observation, double[]> values,
            double penalty) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            Observation o = observations.get(i);
            if (chosen.test(o)) {
                rows.add(new LogisticRegression.Row(values.apply(o), o.live(), weights[i]));
            }
        }
        if (rows.stream().map(LogisticRegression.Row::positive).distinct().count() < 2) {
            throw new UserError("without one of the sources there are only live people or only attacks left");
        }
        return LogisticRegression.fit(rows, penalty);
    }

    private static PadHead.Linear stack(
            List<Observation> observations, double[] weights, double[][] stacked, Predicate<Observation> chosen) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int i = 0; i < stacked.length; i++) {
            // Only of images as they are: of these the stack's log-odds shall be true.
            if (chosen.test(observations.get(i)) && observations.get(i).look() == Observation.Look.PLAIN) {
                rows.add(new LogisticRegression.Row(
                        stacked[i], observations.get(i).live(), weights[i]));
            }
        }
        return LogisticRegression.fit(rows, STACK_PENALTY);
    }

    private static PadHead.Linear rounded(PadHead.Linear exact) {
        return new PadHead.Linear(
                Arrays.stream(exact.weights()).map(PadTrainer::rounded).toArray(), rounded(exact.bias()));
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
