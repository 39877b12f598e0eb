package org.vultus.evaluation.protocol;

import java.util.List;
import java.util.stream.IntStream;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.metrics.ErrorRates;

/** The score of each pair of a list; {@link ErrorRates#FAILED} where one of its images yielded no probe. */
public record PairScores(List<Pair> pairs, double[] scores) {

    public static PairScores of(List<Pair> pairs, ImageRun run) {
        return new PairScores(
                pairs,
                pairs.stream()
                        .mapToDouble(pair -> score(run.outcome(pair.probe()), run.outcome(pair.reference())))
                        .toArray());
    }

    private static double score(Outcome<BiometricProbe> probe, Outcome<BiometricProbe> reference) {
        return probe instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe p)
                        && reference instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe r)
                ? ComparisonScore.of(p.features(), r.features()).cosine()
                : ErrorRates.FAILED;
    }

    public boolean[] mated() {
        boolean[] mated = new boolean[pairs.size()];
        for (int i = 0; i < mated.length; i++) {
            mated[i] = pairs.get(i).mated();
        }
        return mated;
    }

    /** The scores of the mated, or of the non-mated, pairs. */
    public double[] of(boolean kind) {
        return IntStream.range(0, scores.length)
                .filter(i -> pairs.get(i).mated() == kind)
                .mapToDouble(i -> scores[i])
                .toArray();
    }
}
