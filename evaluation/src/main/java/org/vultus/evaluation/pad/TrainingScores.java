package org.vultus.evaluation.pad;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.evaluation.protocol.PadScores;

/** The scores that training gave to sources it had not seen, as an evaluation counts them. */
record TrainingScores(List<PadScores> single, List<PadScores> bags) {

    private static final int BAG = 10;

    /**
     * @param logOdds one for each observation, in order
     * @param look which observations count
     */
    static TrainingScores of(List<Observation> seen, double[] logOdds, Observation.Look look) {
        List<String> sources =
                seen.stream().map(Observation::source).distinct().sorted().toList();
        return new TrainingScores(
                sources.stream().map(s -> scores(s, seen, logOdds, look, 1)).toList(),
                sources.stream().map(s -> scores(s, seen, logOdds, look, BAG)).toList());
    }

    private static PadScores scores(
            String source, List<Observation> seen, double[] logOdds, Observation.Look look, int frames) {
        double[] live = presentations(source, true, seen, logOdds, look, frames);
        double[] attacks = presentations(source, false, seen, logOdds, look, frames);
        return new PadScores(source, live, attacks, live.length * frames, 0, attacks.length * frames, 0);
    }

    private static double[] presentations(
            String source, boolean live, List<Observation> seen, double[] logOdds, Observation.Look look, int frames) {
        List<LivenessScore> scores = IntStream.range(0, logOdds.length)
                .filter(i -> seen.get(i).look() == look
                        && seen.get(i).live() == live
                        && seen.get(i).source().equals(source))
                .mapToObj(i -> LivenessScore.ofLogOdds(logOdds[i]))
                .toList();
        List<Double> presentations = new ArrayList<>();
        for (int i = 0; i + frames <= scores.size(); i += frames) {
            presentations.add(
                    LivenessScore.median(scores.subList(i, i + frames)).bonaFide());
        }
        return presentations.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
