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
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;

/**
 * The features of every image of an evaluation, each image processed once.
 *
 * @param outcomes by image: its probe, or why there is none
 * @param imagesPerSecond how fast that went, all threads together
 */
public record ImageRun(Map<String, Outcome<BiometricProbe>> outcomes, double imagesPerSecond) {

    /**
     * Runs the pipeline over the images. The result does not depend on the number of threads.
     *
     * @param pipeline from the path of an image to its probe; called from several threads
     */
    public static ImageRun of(
            Collection<String> images, Function<String, Outcome<BiometricProbe>> pipeline, int threads) {
        List<String> distinct = images.stream().distinct().sorted().toList();
        Progress progress = new Progress("images", distinct.size());
        long start = System.nanoTime();
        Map<String, Outcome<BiometricProbe>> outcomes = new TreeMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Outcome<BiometricProbe>>> futures = distinct.stream()
                    .map(image -> pool.submit(() -> {
                        Outcome<BiometricProbe> outcome = pipeline.apply(image);
                        progress.step();
                        return outcome;
                    }))
                    .toList();
            for (int i = 0; i < distinct.size(); i++) {
                outcomes.put(distinct.get(i), result(futures.get(i), pool));
            }
        }
        return new ImageRun(outcomes, distinct.size() / ((System.nanoTime() - start) / 1e9));
    }

    private static Outcome<BiometricProbe> result(Future<Outcome<BiometricProbe>> future, ExecutorService pool) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public Outcome<BiometricProbe> outcome(String image) {
        Outcome<BiometricProbe> outcome = outcomes.get(image);
        if (outcome == null) {
            throw new IllegalArgumentException(image + " is not part of this run");
        }
        return outcome;
    }

    /** The share of images that yielded no probe (ISO/IEC 19795-1, failure-to-acquire rate). */
    public double failureToAcquireRate() {
        return (double) refusals().values().stream().mapToInt(Integer::intValue).sum() / outcomes.size();
    }

    /** How many images were refused for each reason. */
    public Map<Reason, Integer> refusals() {
        Map<Reason, Integer> counts = new TreeMap<>();
        for (Outcome<BiometricProbe> outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Refused<BiometricProbe>(var refusal)) {
                counts.merge(refusal.reason(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The images that can be compared, in the order of their names. */
    public List<String> acquired() {
        return outcomes.entrySet().stream()
                .filter(e -> e.getValue() instanceof Outcome.Accepted<BiometricProbe>)
                .map(Map.Entry::getKey)
                .toList();
    }
}
