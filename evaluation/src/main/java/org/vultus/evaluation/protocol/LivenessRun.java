package org.vultus.evaluation.protocol;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.vultus.biometrics.liveness.LivenessScore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/**
 * The liveness score of every image of an evaluation.
 *
 * @param outcomes by image: its score, or why there is none
 * @param imagesPerSecond how fast that went, all threads together
 */
public record LivenessRun(Map<String, Outcome<LivenessScore>> outcomes, double imagesPerSecond) {

    /** @param scorer from the path of an image to its score; called from several threads */
    public static LivenessRun of(
            Collection<String> images, Function<String, Outcome<LivenessScore>> scorer, int threads) {
        Progress progress = new Progress("images", images.size());
        long start = System.nanoTime();
        Map<String, Outcome<LivenessScore>> outcomes = new TreeMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Map.Entry<String, Future<Outcome<LivenessScore>>>> futures = images.stream()
                    .map(image -> Map.entry(image, pool.submit(() -> {
                        Outcome<LivenessScore> outcome = scorer.apply(image);
                        progress.step();
                        return outcome;
                    })))
                    .toList();
            for (Map.Entry<String, Future<Outcome<LivenessScore>>> future : futures) {
                outcomes.put(future.getKey(), future.getValue().get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new LivenessRun(outcomes, images.size() / ((System.nanoTime() - start) / 1e9));
    }

    public Outcome<LivenessScore> outcome(String image) {
        Outcome<LivenessScore> outcome = outcomes.get(image);
        if (outcome == null) {
            throw new IllegalArgumentException(image + " is not part of this run");
        }
        return outcome;
    }

    /** How many images were refused for each reason. */
    public Map<Reason, Integer> refusals() {
        Map<Reason, Integer> counts = new TreeMap<>();
        for (Outcome<LivenessScore> outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Refused<LivenessScore>(var refusal)) {
                counts.merge(refusal.reason(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
