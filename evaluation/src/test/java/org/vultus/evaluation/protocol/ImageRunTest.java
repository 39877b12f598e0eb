package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.metrics.ErrorRates;

class ImageRunTest {
    private static final List<String> IMAGES =
            IntStream.range(0, 40).mapToObj(i -> "%02d.jpg".formatted(i)).toList();

    /** Every fifth image shows nobody, number 7 is damaged. */
    private static Outcome<BiometricProbe> pipeline(String image) {
        int number = Integer.parseInt(image.substring(0, 2));
        if (number == 7) {
            return Outcome.refused(Reason.CORRUPT_IMAGE, "truncated");
        }
        return number % 5 == 0 ? Outcome.refused(Reason.NO_FACE, "no face was found") : Probes.at(number);
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() {
        ImageRun one = ImageRun.of(IMAGES, ImageRunTest::pipeline, 1);
        ImageRun four = ImageRun.of(IMAGES.reversed(), ImageRunTest::pipeline, 4);

        assertThat(four.outcomes()).isEqualTo(one.outcomes());
        assertThat(four.outcomes().keySet()).containsExactlyElementsOf(IMAGES);
        assertThat(four.acquired()).isEqualTo(one.acquired());
    }

    @Test
    void eachImageIsProcessedOnce() {
        ConcurrentLinkedQueue<String> processed = new ConcurrentLinkedQueue<>();
        ImageRun run = ImageRun.of(
                List.of("01.jpg", "02.jpg", "01.jpg", "01.jpg"),
                image -> {
                    processed.add(image);
                    return pipeline(image);
                },
                2);

        assertThat(processed).containsExactlyInAnyOrder("01.jpg", "02.jpg");
        assertThat(run.outcomes()).hasSize(2);
        assertThat(run.imagesPerSecond()).isPositive().isFinite();
    }

    @Test
    void refusalsAreCountedByReason() {
        ImageRun run = ImageRun.of(IMAGES, ImageRunTest::pipeline, 2);

        assertThat(run.refusals()).containsExactly(Map.entry(Reason.CORRUPT_IMAGE, 1), Map.entry(Reason.NO_FACE, 8));
        assertThat(run.failureToAcquireRate()).isEqualTo(9 / 40.0);
        assertThat(run.acquired())
                .hasSize(31)
                .doesNotContain("07.jpg", "05.jpg")
                .isSorted();
    }

    @Test
    void aPairWithARefusedImageHasFailed() {
        List<Pair> pairs = List.of(
                new Pair("01.jpg", "31.jpg", true),
                new Pair("01.jpg", "05.jpg", true),
                new Pair("07.jpg", "01.jpg", false),
                new Pair("01.jpg", "11.jpg", false));

        PairScores scores = PairScores.of(pairs, ImageRun.of(IMAGES, ImageRunTest::pipeline, 2));

        assertThat(scores.mated()).containsExactly(true, true, false, false);
        assertThat(scores.scores()[0]).isCloseTo(Probes.score(30), within(1e-6));
        assertThat(scores.of(true)[1]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.of(false)[0]).isEqualTo(ErrorRates.FAILED);
        assertThat(scores.of(false)[1]).isCloseTo(Probes.score(10), within(1e-6));
    }

    @Test
    void aFaultOfOneImageEndsTheRunAsItself() {
        assertThatThrownBy(() -> ImageRun.of(
                        IMAGES,
                        image -> {
                            throw new UserError(image + " is gone");
                        },
                        2))
                .isInstanceOf(UserError.class)
                .hasMessage("00.jpg is gone");
    }

    @Test
    void anImageThatWasNotPartOfTheRunIsAFault() {
        ImageRun run = ImageRun.of(List.of("01.jpg"), ImageRunTest::pipeline, 1);

        assertThatThrownBy(() -> run.outcome("02.jpg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("02.jpg");
    }
}
