package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.evaluation.metrics.Accuracy;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;
import org.vultus.evaluation.metrics.Interval;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.Probes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names in {@code metrics.json} are a contract. */
class VerificationMetricsTest {
    private static final List<String> RATES = List.of("1e-2", "1e-3", "1e-4");

    private final ImageRun run = ImageRun.of(
            List.of("a", "b", "c", "d"),
            image -> image.equals("d") ? Outcome.refused(Reason.NO_FACE, "no face was found") : Probes.at(0),
            1);

    /** 2 of 4 mated pairs reach what 3 of 3000 non-mated ones reach. */
    private final ErrorRates errors = new ErrorRates(new double[] {0.9, 0.8, 0.3, 0.2}, nonMated());

    @Test
    void theKeysAndValuesOfAVerification() {
        JsonNode json = json(metrics(Optional.empty(), Optional.empty(), Optional.of(points())));

        assertThat(json.propertyNames())
                .startsWith("pairs", "mated", "non_mated")
                .contains("failure_to_acquire_rate", "accuracy", "eer", "fnmr_at_fmr", "images_per_second")
                .doesNotContain("enrolment", "identification");
        assertThat(json.get("pairs").intValue()).isEqualTo(3004);
        assertThat(json.get("mated").intValue()).isEqualTo(4);
        assertThat(json.get("non_mated").intValue()).isEqualTo(3000);
        assertThat(json.get("failure_to_acquire_rate").doubleValue()).isEqualTo(0.25);
        assertThat(json.at("/failures_by_reason/NO_FACE").intValue()).isEqualTo(1);
        assertThat(json.get("accuracy").doubleValue()).isEqualTo(0.995);
        assertThat(json.get("eer").doubleValue()).isEqualTo(errors.eer());
        assertThat(json.get("images_per_second").doubleValue()).isPositive();
    }

    @Test
    void fnmrAtFmrIsAPointOrNotDemonstrated() {
        JsonNode rates = json(metrics(Optional.empty(), Optional.empty(), Optional.empty()))
                .get("fnmr_at_fmr");

        assertThat(rates.propertyNames()).containsExactly("1e-2", "1e-3", "1e-4");
        JsonNode point = rates.get("1e-3");
        assertThat(point.propertyNames()).containsExactlyInAnyOrder("threshold", "fmr", "fnmr", "fnmr_ci95");
        assertThat(point.get("threshold").doubleValue()).isEqualTo(Math.nextUp(0.1));
        assertThat(point.get("fmr").doubleValue()).isEqualTo(1e-3);
        assertThat(point.get("fnmr").doubleValue()).isZero();
        Interval interval = Interval.wilson(0, 4);
        assertThat(point.get("fnmr_ci95")).hasSize(2);
        assertThat(point.at("/fnmr_ci95/0").doubleValue()).isEqualTo(interval.low());
        assertThat(point.at("/fnmr_ci95/1").doubleValue()).isEqualTo(interval.high());
        assertThat(rates.get("1e-4").stringValue()).isEqualTo("not demonstrated");
    }

    @Test
    void theShippedPointsAreJudgedOnThisSample() {
        JsonNode shipped = json(metrics(Optional.empty(), Optional.empty(), Optional.of(points())))
                .get("shipped_operating_points");

        assertThat(shipped).hasSize(2);
        assertThat(shipped.at("/1/nominal_fmr").doubleValue()).isEqualTo(1e-4);
        assertThat(shipped.at("/1/threshold").doubleValue()).isEqualTo(0.5);
        assertThat(shipped.at("/1/fmr").doubleValue()).isEqualTo(3 / 3000.0);
        assertThat(shipped.at("/1/fmr_ci95/1").doubleValue())
                .isEqualTo(Interval.wilson(3, 3000).high());
        assertThat(shipped.at("/1/fnmr").doubleValue()).isEqualTo(0.5);
        assertThat(json(metrics(Optional.empty(), Optional.empty(), Optional.empty()))
                        .get("shipped_operating_points"))
                .isEmpty();
    }

    @Test
    void enrolmentAddsIdentification() {
        double[] own = new double[300];
        Arrays.fill(own, 0.9);
        Identification found = Identification.of(20, own, new double[300], new double[0]);
        JsonNode json = json(metrics(
                Optional.of(new VerificationMetrics.Enrolment(5, 20, 1)), Optional.of(found), Optional.empty()));

        assertThat(json.at("/enrolment/images_per_person").intValue()).isEqualTo(5);
        assertThat(json.at("/enrolment/people").intValue()).isEqualTo(20);
        assertThat(json.at("/enrolment/not_enrolled").intValue()).isEqualTo(1);
        assertThat(json.at("/identification/gallery").intValue()).isEqualTo(20);
        assertThat(json.at("/identification/probes").intValue()).isEqualTo(300);
        assertThat(json.at("/identification/non_mated_searches").intValue()).isEqualTo(300);
        assertThat(json.at("/identification/rank1").doubleValue()).isEqualTo(1);
        JsonNode rates = json.at("/identification/fnir_at_fpir");
        assertThat(rates.propertyNames()).containsExactly("1e-1", "1e-2", "1e-3");
        assertThat(rates.get("1e-2").propertyNames())
                .containsExactlyInAnyOrder("threshold", "fpir", "fnir", "fnir_ci95");
        assertThat(rates.get("1e-3").stringValue()).isEqualTo("not demonstrated");
    }

    private static OperatingPoints points() {
        return new OperatingPoints(
                Probes.EXTRACTOR, List.of(new OperatingPoint(1e-3, 0.4, true), new OperatingPoint(1e-4, 0.5, true)));
    }

    private VerificationMetrics metrics(
            Optional<VerificationMetrics.Enrolment> enrolment,
            Optional<Identification> identification,
            Optional<OperatingPoints> points) {
        return VerificationMetrics.of(
                errors,
                RATES,
                new Accuracy(0.995, 0.001, 10),
                run,
                enrolment,
                identification,
                points,
                "pack",
                Probes.EXTRACTOR.sha256());
    }

    private static double[] nonMated() {
        double[] scores = new double[3000];
        Arrays.fill(scores, 0.1);
        Arrays.fill(scores, 0, 3, 0.5);
        return scores;
    }

    private static JsonNode json(VerificationMetrics metrics) {
        return JsonMapper.shared().readTree(Json.write(metrics));
    }
}
