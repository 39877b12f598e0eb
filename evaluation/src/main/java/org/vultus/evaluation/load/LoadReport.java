package org.vultus.evaluation.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * @param sockets how many people signed in at once in each round
 * @param framesPerSecond that each camera sent; at most, where they were paced
 * @param paced whether the next frame waited for the answer to the last
 * @param people how many different people they were
 * @param cores of this machine, which clients and server share when the server runs here
 * @param loadAverageBefore of this machine over one minute
 * @param residentBefore resident memory of the server in MB before the first round
 */
record LoadReport(
        int sockets,
        @JsonProperty("frames_per_second") double framesPerSecond,
        boolean paced,
        int people,
        int cores,
        @JsonProperty("load_average_before") double loadAverageBefore,
        @JsonProperty("resident_mb_before") Optional<Double> residentBefore,
        List<Round> rounds) {

    /**
     * @param decision seconds from the start of the connection to the decision, over those that were decided
     * @param reasons how often the server gave which reason for something else than acceptance
     * @param framesAnswered frames that the server looked at; the others were overtaken by a newer one
     * @param toldToWait how often the server said how many were before
     * @param resident resident memory of the server in MB afterwards
     */
    record Round(
            Decision decision,
            int accepted,
            int refused,
            int busy,
            int lost,
            Map<String, Integer> reasons,
            @JsonProperty("frames_sent") int framesSent,
            @JsonProperty("frames_answered") int framesAnswered,
            @JsonProperty("told_to_wait") int toldToWait,
            @JsonProperty("resident_mb") Optional<Double> resident) {

        static Round of(List<Camera.Attempt> attempts, Optional<Double> resident) {
            Map<String, Integer> reasons = new TreeMap<>();
            attempts.stream()
                    .filter(attempt -> attempt.outcome() != Camera.Outcome.ACCEPTED)
                    .forEach(attempt -> reasons.merge(attempt.reason(), 1, Integer::sum));
            return new Round(
                    Decision.of(attempts),
                    count(attempts, Camera.Outcome.ACCEPTED),
                    count(attempts, Camera.Outcome.REFUSED),
                    count(attempts, Camera.Outcome.BUSY),
                    count(attempts, Camera.Outcome.LOST),
                    reasons,
                    attempts.stream().mapToInt(Camera.Attempt::framesSent).sum(),
                    attempts.stream().mapToInt(Camera.Attempt::framesAnswered).sum(),
                    attempts.stream().mapToInt(Camera.Attempt::toldToWait).sum(),
                    resident);
        }

        private static int count(List<Camera.Attempt> attempts, Camera.Outcome outcome) {
            return (int) attempts.stream()
                    .filter(attempt -> attempt.outcome() == outcome)
                    .count();
        }
    }

    /** Quantiles by the nearest rank; 0 when nothing was decided. */
    record Decision(double p50, double p95, double max) {

        static Decision of(List<Camera.Attempt> attempts) {
            double[] seconds = attempts.stream()
                    .filter(attempt ->
                            attempt.outcome() == Camera.Outcome.ACCEPTED || attempt.outcome() == Camera.Outcome.REFUSED)
                    .mapToDouble(attempt -> Math.round(attempt.nanos() / 1e6) / 1e3)
                    .sorted()
                    .toArray();
            return new Decision(rank(seconds, 0.5), rank(seconds, 0.95), rank(seconds, 1));
        }

        static double rank(double[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }
}
