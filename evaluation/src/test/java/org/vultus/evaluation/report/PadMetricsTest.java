package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vultus.evaluation.protocol.PadScores;

class PadMetricsTest {
    private static final double THRESHOLD = 0.4;

    /** 300 live frames of which 4 score low, 100 attacks of which 60 do; one image each without a face. */
    private static final PadScores CAMERA = new PadScores("camera", values(300, 4), values(100, 60), 301, 1, 101, 1);

    private static final PadScores PRINTS = new PadScores("prints", new double[0], values(10, 1), 0, 0, 10, 0);

    @Test
    void errorsAreCountedAtTheThreshold() {
        PadMetrics metrics = PadMetrics.of(THRESHOLD, List.of(CAMERA), List.of(CAMERA), Map.of(), "pack");

        assertThat(metrics.single().apcer()).contains(0.4);
        assertThat(metrics.single().bpcer().orElseThrow()).isCloseTo(4 / 300.0, within(1e-12));
        assertThat(metrics.single().acer().orElseThrow()).isCloseTo((0.4 + 4 / 300.0) / 2, within(1e-12));
        assertThat(metrics.failureToAcquire()).isEqualTo(2 / 402.0);
        assertThat(metrics.single().eer().orElseThrow()).isBetween(0.01, 0.4);
        assertThat(metrics.single().worstSource()).contains("camera");
    }

    @Test
    void aSourceWithoutLiveFacesHasNoBpcer() {
        PadMetrics metrics = PadMetrics.of(THRESHOLD, List.of(CAMERA, PRINTS), List.of(), Map.of(), "pack");

        PadMetrics.Source prints = metrics.single().sources().get("prints");
        assertThat(prints.bpcer()).isEmpty();
        assertThat(prints.eer()).isEmpty();
        assertThat(prints.apcer()).contains(0.9);
        assertThat(metrics.bag10().eer()).isEmpty();
        assertThat(Json.write(metrics)).contains("\"apcer_at_bpcer_5\"").doesNotContain("NaN", "null");
        assertThat(new PadReport(metrics, List.of(CAMERA, PRINTS)).html()).contains("prints", "<svg");
    }

    @Test
    void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
        assertThat(PadMetrics.auc(new double[] {0.2, 0.8}, new double[] {0.1, 0.2}))
                .isEqualTo(3.5 / 4);
        assertThat(PadMetrics.auc(new double[] {0.1}, new double[] {0.9})).isZero();
    }

    @Test
    void theIntervalsAreOverSources() {
        PadScores clean = new PadScores("clean", values(50, 0), new double[] {0.1, 0.1, 0.1}, 50, 0, 3, 0);
        PadMetrics.Presentations presentations = PadMetrics.of(
                        THRESHOLD, List.of(CAMERA, clean, clean), List.of(), Map.of(), "pack")
                .single();

        double[] eer = presentations.eerInterval().orElseThrow();
        assertThat(eer[0]).isZero();
        assertThat(eer[1]).isGreaterThan(0.1);
        // Draws without the camera have no error, those of the camera alone all of it.
        assertThat(presentations.apcerInterval().orElseThrow()).containsExactly(0.0, 0.4);
        assertThat(presentations.bpcerInterval().orElseThrow()).containsExactly(0.0, 4 / 300.0);
    }

    @Test
    void twoSourcesTellNothingOfOthers() {
        PadMetrics.Presentations presentations = PadMetrics.of(
                        THRESHOLD, List.of(CAMERA, CAMERA, PRINTS), List.of(), Map.of(), "pack")
                .single();

        assertThat(presentations.eerInterval()).isEmpty();
        assertThat(presentations.bpcerInterval()).isEmpty();
        assertThat(presentations.apcerInterval()).isPresent();
        assertThat(Json.write(presentations))
                .contains("\"apcer_ci95_over_sources\"")
                .doesNotContain("eer_ci95");
    }

    /** So many scores, the first of them below the threshold. */
    private static double[] values(int count, int low) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i < low ? THRESHOLD * i / count : 0.5 + 0.4 * i / count)
                .toArray();
    }
}
