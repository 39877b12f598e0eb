package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.evaluation.metrics.Interval;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.PadScores;

class PadMetricsTest {
    private static final double LOW = PassivePad.ENROLMENT_IMAGE.threshold() / 2;
    private static final ImageRun NO_RUN = new ImageRun(Map.of(), 10);

    /** 300 live frames of which 4 score low, 100 attacks of which 60 do; one image each without a face. */
    private static final PadScores CAMERA = new PadScores("camera", values(300, 4), values(100, 60), 301, 1, 101, 1);

    private static final PadScores PRINTS = new PadScores("prints", new double[0], values(10, 1), 0, 0, 10, 0);

    @Test
    void errorsAreCountedAtTheShippedThreshold() {
        PadMetrics metrics = PadMetrics.of(1, List.of(CAMERA), NO_RUN, "pack");

        PadMetrics.Rates rates = metrics.shipped().get("ENROLMENT_IMAGE");
        assertThat(rates.apcer()).contains(0.4);
        assertThat(rates.bpcer().orElseThrow()).isCloseTo(4 / 300.0, within(1e-12));
        Interval interval = Interval.wilson(40, 100);
        assertThat(rates.apcerInterval().orElseThrow()).containsExactly(interval.low(), interval.high());
        assertThat(metrics.bpnrr()).isEqualTo(1 / 301.0);
        assertThat(metrics.apnrr()).isEqualTo(1 / 101.0);
        assertThat(metrics.eer()).isBetween(0.01, 0.4);
    }

    @Test
    void aCheckOfThreeFramesIsNotJudgedByOne() {
        assertThat(PadMetrics.of(1, List.of(CAMERA), NO_RUN, "pack").shipped()).containsOnlyKeys("ENROLMENT_IMAGE");
        assertThat(PadMetrics.of(3, List.of(CAMERA), NO_RUN, "pack").shipped())
                .containsOnlyKeys("SIGN_IN", "ENROLMENT_IMAGE");
    }

    @Test
    void aRateThatTheSampleCannotShowIsLeftOut() {
        PadMetrics metrics = PadMetrics.of(1, List.of(CAMERA), NO_RUN, "pack");

        // 300 bona fide presentations show 1 %, 100 attacks show 5 %.
        assertThat(metrics.apcerAtBpcer()).containsOnlyKeys("1e-1", "5e-2", "1e-2");
        assertThat(metrics.bpcerAtApcer()).containsOnlyKeys("1e-1", "5e-2");
        assertThat(metrics.apcerAtBpcer().get("1e-2").bpcer().orElseThrow()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void aSourceWithoutLiveFacesHasNoBpcer() {
        PadMetrics metrics = PadMetrics.of(1, List.of(CAMERA, PRINTS), NO_RUN, "pack");

        PadMetrics.Rates prints = metrics.sources().get(1).shipped().get("ENROLMENT_IMAGE");
        assertThat(prints.bpcer()).isEmpty();
        assertThat(prints.apcer()).contains(0.9);
        assertThat(metrics.attacks()).isEqualTo(110);
        assertThat(Json.write(metrics)).contains("\"apcer_at_bpcer\"").doesNotContain("NaN", "null");
        assertThat(metrics.summary()).contains("prints, ENROLMENT_IMAGE: APCER 90.000 %, BPCER -");
    }

    /** So many scores, the first of them below every threshold of the product. */
    private static double[] values(int count, int low) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i < low ? LOW * i / count : 0.5 + 0.4 * i / count)
                .toArray();
    }
}
