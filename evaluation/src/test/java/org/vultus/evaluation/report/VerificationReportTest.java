package org.vultus.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.evaluation.metrics.Accuracy;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.metrics.Identification;
import org.vultus.evaluation.protocol.EnrolmentScores;
import org.vultus.evaluation.protocol.ImageRun;
import org.vultus.evaluation.protocol.Pair;
import org.vultus.evaluation.protocol.PairScores;
import org.vultus.evaluation.protocol.Probes;
import org.xml.sax.InputSource;

class VerificationReportTest {
    private static final String EVIL = "<script>alert(\"x\")</script>&.jpg";

    @Test
    void thePageNeedsNothingElse() {
        String html = pairs().html();

        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("<svg", "Detection error trade-off", "Hardest comparisons")
                .doesNotContainIgnoringCase("src=", "href", "http:", "https:", "<script", "url(", "@import", "<img");
    }

    @Test
    void namesOfFilesAreEscaped() {
        assertThat(pairs().html())
                .contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;.jpg")
                .doesNotContain(EVIL);
    }

    @Test
    void theHardestPairsComeFirst() {
        List<String> hardest = pairs().hardest();

        assertThat(hardest.getFirst()).isEqualTo("failed  nobody — m0 (least alike of one person)");
        assertThat(hardest.get(1)).isEqualTo("0.1736  m80 — m0 (least alike of one person)");
        assertThat(hardest)
                .filteredOn(line -> line.contains("two people"))
                .first()
                .asString()
                .startsWith("1.0000  m0 — " + EVIL);
        assertThat(hardest).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void theSummaryTellsEveryRate() {
        assertThat(pairs().summary())
                .contains("10 mated and 400 non-mated comparisons, failure to acquire 7.692 %")
                .containsPattern(
                        "FNMR at FMR 1e-2: \\d+\\.\\d{3} % \\(95 % CI \\d+\\.\\d{3} % to \\d+\\.\\d{3} %\\), threshold 0\\.\\d{4}")
                .contains("FNMR at FMR 1e-3: not demonstrated");
    }

    @Test
    void theChartsAreWellFormed() throws Exception {
        String html = enrolment().html();
        assertThat(html)
                .contains("Identification (1:N)", "FNIR at FPIR 1e-1: ", "failed")
                .doesNotContain("[D@", "NaN");

        List<String> charts = new ArrayList<>();
        for (int at = html.indexOf("<svg"); at >= 0; at = html.indexOf("<svg", at + 1)) {
            charts.add(html.substring(at, html.indexOf("</svg>", at) + 6));
        }
        assertThat(charts).hasSize(2);
        for (String chart : charts) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(chart)));
        }
    }

    private static VerificationReport pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int degrees = 0; degrees <= 80; degrees += 10) {
            pairs.add(new Pair("m" + degrees, "m0", true));
        }
        pairs.add(new Pair("nobody", "m0", true));
        pairs.add(new Pair("m0", EVIL, false));
        for (int i = 1; i < 400; i++) {
            pairs.add(new Pair("m0", i % 2 == 0 ? "n90" : "n110", false));
        }
        ImageRun run = ImageRun.of(
                pairs.stream()
                        .flatMap(p -> List.of(p.probe(), p.reference()).stream())
                        .toList(),
                VerificationReportTest::probe,
                2);
        PairScores scores = PairScores.of(pairs, run);
        ErrorRates errors = new ErrorRates(scores.of(true), scores.of(false));
        return VerificationReport.of(
                metrics(errors, run, Accuracy.of(scores.scores(), scores.mated()), Optional.empty()), errors, scores);
    }

    private static VerificationReport enrolment() {
        Map<String, List<String>> people = new TreeMap<>();
        for (int person = 0; person < 8; person++) {
            int at = 40 * person;
            people.put("p" + person, List.of("p" + at, "q" + (at + 5), "r" + (at + 12), "s" + (at + 25)));
        }
        people.put("z", List.of("z10", "nobody"));
        ImageRun run =
                ImageRun.of(people.values().stream().flatMap(List::stream).toList(), VerificationReportTest::probe, 2);
        EnrolmentScores scores =
                EnrolmentScores.of(new TreeMap<>(people), 1, new TemplateBuilder(Probes.score(30), 1), run);
        ErrorRates errors = new ErrorRates(scores.mated(), scores.nonMated());
        return VerificationReport.of(
                metrics(
                        errors,
                        run,
                        Accuracy.of(scores.all(), scores.kinds()),
                        Optional.of(
                                Identification.of(scores.people(), scores.mated(), scores.best(), scores.strangers()))),
                errors,
                scores);
    }

    private static VerificationMetrics metrics(
            ErrorRates errors, ImageRun run, Accuracy accuracy, Optional<Identification> identification) {
        return VerificationMetrics.of(
                errors,
                List.of("1e-2", "1e-3"),
                accuracy,
                run,
                Optional.empty(),
                identification,
                Optional.empty(),
                "pack",
                Probes.EXTRACTOR.sha256());
    }

    private static Outcome<BiometricProbe> probe(String image) {
        return switch (image) {
            case "nobody" -> Outcome.refused(Reason.NO_FACE, "no face was found");
            case EVIL -> Probes.at(0);
            default -> Probes.at(Integer.parseInt(image.substring(1)));
        };
    }
}
