package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.SyntheticProbes;
import org.vultus.evaluation.metrics.ErrorRates;

class ImageRunTest {

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() {
        Map<String, Outcome<BiometricProbe>> crowd = SyntheticProbes.crowd(20, 5, 0.8);

        ImageRun alone = ImageRun.of(crowd.keySet(), crowd::get, 1);
        ImageRun together = ImageRun.of(crowd.keySet(), crowd::get, 7);

        assertThat(List.copyOf(together.outcomes().entrySet()))
                .isEqualTo(List.copyOf(alone.outcomes().entrySet()));
        assertThat(together.acquired()).isEqualTo(alone.acquired()).hasSize(100);
    }

    @Test
    void eachImageIsProcessedOnce() {
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        List<String> images = List.of("a", "b", "a", "c", "b", "a");

        ImageRun.of(
                images,
                image -> {
                    calls.merge(image, 1, Integer::sum);
                    return SyntheticProbes.refused(Reason.NO_FACE);
                },
                3);

        assertThat(calls).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
    }

    @Test
    void anImageThatFailsIsCountedByReasonOverDistinctImages() {
        Map<String, Outcome<BiometricProbe>> probes = Map.of(
                "good", SyntheticProbes.probe(SyntheticProbes.features(1, 0)),
                "alike", SyntheticProbes.probe(SyntheticProbes.features(1, 1)),
                "dark", SyntheticProbes.refused(Reason.NO_FACE),
                "torn", SyntheticProbes.refused(Reason.CORRUPT_IMAGE),
                "empty", SyntheticProbes.refused(Reason.NO_FACE));
        List<String> images = new ArrayList<>(probes.keySet());
        images.add("dark");

        ImageRun run = ImageRun.of(images, probes::get, 2);

        assertThat(run.failureToAcquireRate()).isEqualTo(3 / 5.0);
        assertThat(run.refusals()).isEqualTo(Map.of(Reason.NO_FACE, 2, Reason.CORRUPT_IMAGE, 1));
        assertThat(run.acquired()).containsExactly("alike", "good");

        PairScores scores = PairScores.of(
                List.of(
                        new Pair("good", "alike", true),
                        new Pair("good", "dark", true),
                        new Pair("torn", "good", false)),
                run);
        assertThat(scores.of(true)[0]).isGreaterThan(0.7);
        assertThat(scores.of(true)[1]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.of(false)).containsExactly(ErrorRates.FAILED);
        assertThat(new ErrorRates(scores.of(true), scores.of(false)).fnmr(0.5))
                .as("a failure to acquire is a non-match")
                .isEqualTo(0.5);
    }

    @Test
    void aFaultIsNotSwallowed() {
        assertThatThrownBy(() -> ImageRun.of(
                        List.of("a", "b"),
                        image -> {
                            throw new IllegalStateException("broken " + image);
                        },
                        2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("broken");
    }
}
