package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.SyntheticProbes;
import org.vultus.evaluation.metrics.Accuracy;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.Pair;
import org.vultus.evaluation.protocol.PairScores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerificationReportTest {
    private static final String ODD_NAME = "person000/<b>&\"odd\".jpg";
    private static final List<String> RATES = List.of("1e-2", "1e-3", "1e-4");

    @Test
    void metricsHaveTheKeysThatWerePromised() {
        JsonNode json =
                JsonMapper.shared().readTree(Json.write(report(Optional.empty()).metrics()));

        assertThat(json.propertyNames())
                .contains(
                        "pairs",
                        "mated",
                        "non_mated",
                        "failure_to_acquire_rate",
                        "accuracy",
                        "eer",
                        "fnmr_at_fmr",
                        "images_per_second",
                        "folds",
                        "failures_by_reason",
                        "extractor_sha256",
                        "model_pack")
                .doesNotContain("identification", "enrolment");
        assertThat(json.get("pairs").asInt())
                .isEqualTo(json.get("mated").asInt() + json.get("non_mated").asInt());
        assertThat(json.get("fnmr_at_fmr").propertyNames()).containsExactly("1e-2", "1e-3", "1e-4");
        JsonNode point = json.get("fnmr_at_fmr").get("1e-2");
        assertThat(point.propertyNames()).containsExactly("threshold", "fmr", "fnmr", "fnmr_ci95");
        assertThat(point.get("fnmr").asDouble())
                .isBetween(
                        point.get("fnmr_ci95").get(0).asDouble(),
                        point.get("fnmr_ci95").get(1).asDouble());
        assertThat(json.get("fnmr_at_fmr").get("1e-4").asString()).isEqualTo("not demonstrated");
        assertThat(json.get("failures_by_reason").get("NO_FACE").asInt()).isEqualTo(1);
        assertThat(json.get("failure_to_acquire_rate").asDouble()).isEqualTo(1 / 61.0);
        assertThat(json.get("shipped_operating_points")
                        .get(0)
                        .get("nominal_fmr")
                        .asDouble())
                .isEqualTo(1e-4);
    }

    @Test
    void identificationHasItsKeys() {
        Identification found = Identification.of(20, filled(40, 0.9), filled(40, 0.1), filled(0, 0));
        JsonNode json = JsonMapper.shared()
                .readTree(Json.write(report(Optional.of(found)).metrics()))
                .get("identification");

        assertThat(json.propertyNames())
                .containsExactly("gallery", "probes", "non_mated_searches", "rank1", "fnir_at_fpir");
        assertThat(json.get("fnir_at_fpir").get("1e-1").propertyNames())
                .containsExactly("threshold", "fpir", "fnir", "fnir_ci95");
        assertThat(json.get("fnir_at_fpir").get("1e-3").asString()).isEqualTo("not demonstrated");
    }

    @Test
    void thePageNeedsNothingElse() {
        Identification found = Identification.of(20, filled(40, 0.9), filled(40, 0.1), filled(0, 0));
        String page = report(Optional.of(found)).html();

        assertThat(page).doesNotContain("<script", "http:", "https:", "src=", "href=", "url(", "@import", "<img");
        assertThat(page).contains("<svg", "Detection error trade-off", "color-scheme: light dark");
        assertThat(page).as("records printed as they are").doesNotContain("AtFpir[", "AtFmr[", "[D@", "Optional");
        assertThat(page).doesNotContain("NaN", "Infinity");
    }

    @Test
    void theHardestComparisonsAreNamedAndNamesAreText() {
        VerificationReport report = report(Optional.empty());

        assertThat(report.html())
                .contains("person000/&lt;b&gt;&amp;&quot;odd&quot;.jpg")
                .doesNotContain(ODD_NAME);
        assertThat(report.missed().getFirst().score()).isEqualTo(ErrorRates.FAILED);
        assertThat(report.missed()).isSortedAccordingTo((a, b) -> Double.compare(a.score(), b.score()));
        assertThat(report.confused()).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        assertThat(report.confused())
                .allSatisfy(h -> assertThat(h.probe().substring(0, 9))
                        .isNotEqualTo(h.reference().substring(0, 9)));
    }

    @Test
    void theSummarySaysWhatTheFilesSay() {
        assertThat(report(Optional.empty()).summary())
                .contains("60 mated", "1000 non-mated", "FNMR at FMR 1e-2: ", "FNMR at FMR 1e-4: not demonstrated");
    }

    private static VerificationReport report(Optional<Identification> identification) {
        Map<String, Outcome<BiometricProbe>> crowd = new TreeMap<>(SyntheticProbes.crowd(20, 3, 0.7));
        crowd.put(ODD_NAME, SyntheticProbes.refused(Reason.NO_FACE));
        List<String> images = List.copyOf(crowd.keySet());
        List<Pair> pairs = new ArrayList<>();
        List<Pair> others = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean mated =
                        images.get(i).substring(0, 9).equals(images.get(j).substring(0, 9));
                (mated ? pairs : others).add(new Pair(images.get(i), images.get(j), mated));
            }
        }
        List<Pair> some = pairs.stream()
                .filter(p -> !p.probe().equals(ODD_NAME))
                .limit(59)
                .toList();
        List<Pair> all = new ArrayList<>(some);
        all.add(new Pair(ODD_NAME, images.get(1), true));
        all.addAll(others.subList(0, 1000));
        ImageRun run = ImageRun.of(images, crowd::get, 2);
        PairScores scores = PairScores.of(all, run);
        ErrorRates errors = new ErrorRates(scores.of(true), scores.of(false));
        OperatingPoints points =
                new OperatingPoints(SyntheticProbes.EXTRACTOR, List.of(new OperatingPoint(1e-4, 0.4, true)));
        return VerificationReport.of(
                VerificationMetrics.of(
                        errors,
                        RATES,
                        Accuracy.of(scores.scores(), scores.mated()),
                        run,
                        Optional.empty(),
                        identification,
                        Optional.of(points),
                        "synthetic",
                        SyntheticProbes.EXTRACTOR.sha256()),
                errors,
                scores);
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
