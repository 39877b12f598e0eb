package org.vultus.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.protocol.EnrolmentScores;
import org.vultus.evaluation.protocol.Pair;
import org.vultus.evaluation.protocol.PairScores;

/**
 * One evaluation: its metrics, and the curves and errors behind them for people to look at.
 *
 * @param hardest the comparisons that went most wrong, one a line, by file name
 */
public record VerificationReport(
        VerificationMetrics metrics, ErrorRates errors, double[] mated, double[] nonMated, List<String> hardest) {

    private static final int SHOWN = 20;
    private static final String FNMR = "FNMR at FMR";

    public static VerificationReport of(VerificationMetrics metrics, ErrorRates errors, PairScores scores) {
        Stream<String> missed = line(scores, Pair::mated, Comparator.naturalOrder(), "least alike of one person");
        Stream<String> confused = line(scores, p -> !p.mated(), Comparator.reverseOrder(), "most alike of two people");
        return new VerificationReport(
                metrics,
                errors,
                scores.of(true),
                scores.of(false),
                Stream.concat(missed, confused).toList());
    }

    public static VerificationReport of(VerificationMetrics metrics, ErrorRates errors, EnrolmentScores scores) {
        List<String> hardest = IntStream.range(0, scores.mated().length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores.mated()[i]))
                .limit(SHOWN)
                .map(i -> "%s  %s against the own template; best of the others %s"
                        .formatted(number(scores.mated()[i]), scores.names().get(i), number(scores.best()[i])))
                .toList();
        return new VerificationReport(metrics, errors, scores.mated(), scores.nonMated(), hardest);
    }

    private static Stream<String> line(
            PairScores scores, Predicate<Pair> kind, Comparator<Double> order, String label) {
        return IntStream.range(0, scores.scores().length)
                .filter(i -> kind.test(scores.pairs().get(i)))
                .boxed()
                .sorted(Comparator.comparing(i -> scores.scores()[i], order))
                .limit(SHOWN)
                .map(i -> "%s  %s — %s (%s)"
                        .formatted(
                                number(scores.scores()[i]),
                                scores.pairs().get(i).probe(),
                                scores.pairs().get(i).reference(),
                                label));
    }

    /** A few lines for the terminal. */
    public String summary() {
        return Stream.concat(
                        Stream.of(
                                "%d mated and %d non-mated comparisons, failure to acquire %s"
                                        .formatted(
                                                metrics.mated(),
                                                metrics.nonMated(),
                                                percent(metrics.failureToAcquireRate())),
                                "accuracy %s (± %s over %d folds), EER %s"
                                        .formatted(
                                                percent(metrics.accuracy()),
                                                percent(metrics.accuracyStandardDeviation()),
                                                metrics.folds(),
                                                percent(metrics.eer()))),
                        rows(FNMR, metrics.fnmrAtFmr()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Stream<String> rows(String label, Map<String, VerificationMetrics.AtRate> rates) {
        return rates.entrySet().stream()
                .map(rate -> label + " " + rate.getKey() + ": "
                        + switch (rate.getValue()) {
                            case VerificationMetrics.AtFmr at -> row(at.fnmr(), at.fnmrInterval(), at.threshold());
                            case VerificationMetrics.AtFpir at -> row(at.fnir(), at.fnirInterval(), at.threshold());
                            case VerificationMetrics.NotDemonstrated no -> no.toString();
                        });
    }

    private static String row(double rate, double[] interval, double threshold) {
        return "%s (95 %% CI %s to %s), threshold %s"
                .formatted(percent(rate), percent(interval[0]), percent(interval[1]), number(threshold));
    }

    private static String list(Stream<String> rows) {
        return rows.map(row -> "<li>" + Svg.escape(row) + "</li>").collect(Collectors.joining("\n"));
    }

    /** A page that needs nothing else: no script, no address, no picture of anybody. */
    public String html() {
        String shipped = metrics.shipped().stream()
                .map(s -> "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(s.nominal(), number(s.threshold()), percent(s.fmr()), percent(s.fnmr())))
                .collect(Collectors.joining("\n"));
        String ranks = metrics.identification()
                .map(r ->
                        "<h2>Identification (1:N)</h2>\n<p>%d references, %d mated and %d non-mated searches; rank 1: %s.</p>\n<ul>\n%s\n</ul>"
                                .formatted(
                                        r.gallery(),
                                        r.matedSearches(),
                                        r.nonMatedSearches(),
                                        percent(r.rank1()),
                                        list(rows("FNIR at FPIR", r.fnirAtFpir()))))
                .orElse("");
        String failures = metrics.failures().entrySet().stream()
                .map(failure -> ", %s %d times".formatted(failure.getKey(), failure.getValue()))
                .collect(Collectors.joining());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Vultus: verification report</title>
                <style>
                :root { color-scheme: light dark; }
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
                table { border-collapse: collapse; } td, th { border: 1px solid #8888; padding: .3rem .7rem; text-align: right; }
                pre { overflow-x: auto; font-size: .8rem; } svg { max-width: 100%%; height: auto; }
                .mated { stroke: #1a7f37; fill: #1a7f3744; } .other { stroke: #cf222e; fill: #cf222e44; }
                .axis { stroke: #888; } .label { fill: #888; font: 12px system-ui, sans-serif; }
                </style>
                </head>
                <body>
                <h1>Verification report</h1>
                <p>%s.</p>
                <p>Accuracy %s ± %s over %d folds, equal error rate %s; failure to acquire %s%s.</p>
                <ul>
                %s
                </ul>
                <h2>Detection error trade-off</h2>
                <p>Both rates on normal-deviate axes (ISO/IEC 19795-1). The line ends where the sample ends.</p>
                %s
                <h2>Scores</h2>
                <p>Green: one person. Red: two people. Cosine, each class by its own share.</p>
                %s
                <h2>The shipped operating points on this sample</h2>
                <table>
                <tr><th>nominal FMR</th><th>threshold</th><th>FMR here</th><th>FNMR here</th></tr>
                %s
                </table>
                %s
                <h2>Hardest comparisons</h2>
                <pre>%s</pre>
                <p>Model pack %s, extractor %s.</p>
                </body>
                </html>
                """.formatted(
                        Svg.escape(summary().lines().findFirst().orElse("")),
                        percent(metrics.accuracy()),
                        percent(metrics.accuracyStandardDeviation()),
                        metrics.folds(),
                        percent(metrics.eer()),
                        percent(metrics.failureToAcquireRate()),
                        failures,
                        list(rows(FNMR, metrics.fnmrAtFmr())),
                        Svg.det(errors),
                        Svg.histogram(mated, nonMated),
                        shipped,
                        ranks,
                        hardest.stream().map(Svg::escape).collect(Collectors.joining("\n")),
                        Svg.escape(metrics.modelPack()),
                        metrics.extractor());
    }

    static String percent(double rate) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * rate);
    }

    private static String number(double score) {
        return Double.isInfinite(score) ? "failed" : String.format(Locale.ROOT, "%.4f", score);
    }
}
