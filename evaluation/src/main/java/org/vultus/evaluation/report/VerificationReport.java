package org.vultus.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.protocol.EnrolmentScores;
import org.vultus.evaluation.protocol.PairScores;
import org.vultus.evaluation.report.VerificationMetrics.AtFmr;
import org.vultus.evaluation.report.VerificationMetrics.AtFpir;
import org.vultus.evaluation.report.VerificationMetrics.AtRate;

/**
 * One evaluation: its metrics, and the curves and errors behind them for people to look at.
 *
 * @param mated the scores of one person compared with herself
 * @param nonMated the scores of different people
 * @param missed the mated comparisons with the lowest scores, lowest first
 * @param confused the non-mated comparisons with the highest scores, highest first
 */
public record VerificationReport(
        VerificationMetrics metrics,
        ErrorRates errors,
        double[] mated,
        double[] nonMated,
        List<Hard> missed,
        List<Hard> confused) {

    private static final int SHOWN = 20;

    /** One comparison by the names of its files; a reference of several images goes by the name of its folder. */
    public record Hard(double score, String probe, String reference) {}

    public static VerificationReport of(VerificationMetrics metrics, ErrorRates errors, PairScores scores) {
        IntToDoubleFunction score = i -> scores.scores()[i];
        return new VerificationReport(
                metrics,
                errors,
                scores.of(true),
                scores.of(false),
                hardest(scores.scores().length, i -> scores.pairs().get(i).mated(), score)
                        .map(i -> hard(scores, i))
                        .toList(),
                hardest(scores.scores().length, i -> !scores.pairs().get(i).mated(), i -> -scores.scores()[i])
                        .map(i -> hard(scores, i))
                        .toList());
    }

    public static VerificationReport of(VerificationMetrics metrics, ErrorRates errors, EnrolmentScores scores) {
        int enrolled = scores.mated().length;
        IntToDoubleFunction rival = i -> i < enrolled ? scores.best()[i] : scores.strangers()[i - enrolled];
        return new VerificationReport(
                metrics,
                errors,
                scores.mated(),
                scores.nonMated(),
                hardest(enrolled, i -> true, i -> scores.mated()[i])
                        .map(i -> new Hard(scores.mated()[i], scores.probes().get(i), "the own reference"))
                        .toList(),
                hardest(scores.probes().size(), i -> true, i -> -rival.applyAsDouble(i))
                        .map(i -> new Hard(
                                rival.applyAsDouble(i),
                                scores.probes().get(i),
                                scores.rivals().get(i)))
                        .toList());
    }

    private static Stream<Integer> hardest(int count, IntPredicate kind, IntToDoubleFunction order) {
        return IntStream.range(0, count)
                .filter(kind)
                .boxed()
                .sorted(Comparator.comparingDouble(order::applyAsDouble))
                .limit(SHOWN);
    }

    private static Hard hard(PairScores scores, int i) {
        return new Hard(
                scores.scores()[i],
                scores.pairs().get(i).probe(),
                scores.pairs().get(i).reference());
    }

    /** A few lines for the terminal. */
    public String summary() {
        return Stream.concat(
                        Stream.of(
                                "%d mated and %d non-mated comparisons of %d images, failure to acquire %s"
                                        .formatted(
                                                metrics.mated(),
                                                metrics.nonMated(),
                                                metrics.images(),
                                                percent(metrics.failureToAcquireRate())),
                                "accuracy %s (± %s over %d folds), EER %s"
                                        .formatted(
                                                percent(metrics.accuracy()),
                                                percent(metrics.accuracyStandardDeviation()),
                                                metrics.folds(),
                                                percent(metrics.eer()))),
                        Stream.concat(
                                lines("FNMR at FMR", metrics.fnmrAtFmr()),
                                metrics.identification().stream().flatMap(VerificationReport::lines)))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Stream<String> lines(VerificationMetrics.Ranks ranks) {
        return Stream.concat(
                Stream.of("1:N, %d references: rank 1 %s".formatted(ranks.gallery(), percent(ranks.rank1()))),
                lines("FNIR at FPIR", ranks.fnirAtFpir()));
    }

    private static Stream<String> lines(String label, Map<String, AtRate> rates) {
        return rates.entrySet().stream().map(e -> switch (e.getValue()) {
            case AtFmr at -> line(label, e.getKey(), at.fnmr(), at.fnmrInterval(), at.threshold());
            case AtFpir at -> line(label, e.getKey(), at.fnir(), at.fnirInterval(), at.threshold());
            case VerificationMetrics.NotDemonstrated not -> label + " " + e.getKey() + ": " + not;
        });
    }

    private static String line(String label, String rate, double missed, double[] interval, double threshold) {
        return "%s %s: %s (95 %% CI %s), threshold %s"
                .formatted(label, rate, percent(missed), interval(interval), number(threshold));
    }

    /** A page that needs nothing else: no script, no address, no picture of anybody. */
    public String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Vultus: verification report</title>
                <style>
                :root { color-scheme: light dark; --mated: #0b62b8; --other: #b3541e; --grey: #5c6470; --line: #8886; }
                @media (prefers-color-scheme: dark) { :root { --mated: #6cb6ff; --other: #ffa657; --grey: #a5adba; } }
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
                h2 { margin-top: 2.5rem; }
                .scroll { overflow-x: auto; }
                table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
                td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem; text-align: right; white-space: nowrap; }
                td.name, th.name { text-align: left; }
                svg { max-width: 100%%; height: auto; } figure { margin: 1rem 0; }
                .mated { stroke: var(--mated); fill: var(--mated); } .other { stroke: var(--other); fill: var(--other); }
                .area { fill-opacity: .25; } .curve { fill: none; stroke-width: 2; }
                .axis { stroke: var(--line); } .label { fill: var(--grey); font: 12px system-ui, sans-serif; }
                .key { stroke: none; font: 13px system-ui, sans-serif; }
                footer, .note { color: var(--grey); font-size: .9rem; } code { overflow-wrap: anywhere; }
                </style>
                </head>
                <body>
                <h1>Verification report</h1>
                %s
                <h2>Error rates</h2>
                <div class="scroll">%s</div>
                <p class="note">The threshold is the lowest whose FMR on this sample is not above the target. A rate is “not
                demonstrated” where there are fewer than 3/FMR non-mated comparisons (rule of three). Intervals are Wilson’s;
                they take comparisons for independent, which those that share a person are not.</p>
                <h2>Detection error trade-off</h2>
                <figure>%s</figure>
                <p class="note">Both rates on normal-deviate axes (ISO/IEC 19795-1). The line ends where the sample ends.</p>
                <h2>Scores</h2>
                <figure>%s</figure>
                <p class="note">Cosine; each class by its own share. Comparisons that could not be made are not drawn.</p>
                %s%s<h2>Hardest comparisons</h2>
                <h3>One person, lowest scores</h3>
                <div class="scroll">%s</div>
                <h3>Different people, highest scores</h3>
                <div class="scroll">%s</div>
                <footer><p>Model pack %s, extractor <code>%s</code>.</p></footer>
                </body>
                </html>
                """.formatted(
                        overview(),
                        rates(),
                        Svg.det(errors),
                        Svg.histogram(mated, nonMated),
                        shipped(),
                        identification(),
                        hard(missed),
                        hard(confused),
                        Svg.escape(metrics.modelPack()),
                        metrics.extractor());
    }

    private String overview() {
        String failures = metrics.failures().entrySet().stream()
                .map(e -> e.getValue() + " × " + e.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
        return table(
                List.of("", ""),
                Stream.of(
                        List.of("Comparisons", metrics.mated() + " mated, " + metrics.nonMated() + " non-mated"),
                        List.of("Images", metrics.images() + ", at %.0f a second".formatted(metrics.imagesPerSecond())),
                        List.of(
                                "Failure to acquire",
                                percent(metrics.failureToAcquireRate())
                                        + (metrics.failures().isEmpty() ? "" : failures)),
                        List.of(
                                "Accuracy",
                                "%s ± %s over %d folds"
                                        .formatted(
                                                percent(metrics.accuracy()),
                                                percent(metrics.accuracyStandardDeviation()),
                                                metrics.folds())),
                        List.of("Equal error rate", percent(metrics.eer()))));
    }

    private String rates() {
        return table(
                List.of("target FMR", "threshold", "FMR", "FNMR", "95 % CI of FNMR"),
                metrics.fnmrAtFmr().entrySet().stream()
                        .map(e -> e.getValue() instanceof AtFmr at
                                ? List.of(
                                        e.getKey(),
                                        number(at.threshold()),
                                        percent(at.fmr()),
                                        percent(at.fnmr()),
                                        interval(at.fnmrInterval()))
                                : List.of(e.getKey(), "", "", e.getValue().toString(), "")));
    }

    private String shipped() {
        if (metrics.shipped().isEmpty()) {
            return "";
        }
        return "<h2>The model pack’s own operating points on this sample</h2>\n<div class=\"scroll\">"
                + table(
                        List.of("nominal FMR", "threshold", "FMR here", "95 % CI of FMR", "FNMR here"),
                        metrics.shipped().stream()
                                .map(s -> List.of(
                                        String.format(Locale.ROOT, "%.0e", s.nominal()),
                                        number(s.threshold()),
                                        percent(s.fmr()),
                                        interval(s.fmrInterval()),
                                        percent(s.fnmr()))))
                + "</div>\n";
    }

    private String identification() {
        return metrics.identification()
                .map(r -> """
                        <h2>Identification (1:N)</h2>
                        <p>%d references, %d mated searches, %d non-mated searches; the right person is first in %s of the mated
                        ones.</p>
                        <div class="scroll">%s</div>
                        <p class="note">Open set. Non-mated searches are those of people who are not enrolled, and each mated
                        search again with the person’s own reference taken out of the gallery.</p>
                        """.formatted(
                                r.gallery(), r.probes(), r.nonMatedSearches(), percent(r.rank1()), identification(r)))
                .orElse("");
    }

    private static String identification(VerificationMetrics.Ranks ranks) {
        return table(
                List.of("target FPIR", "threshold", "FPIR", "FNIR", "95 % CI of FNIR"),
                ranks.fnirAtFpir().entrySet().stream()
                        .map(e -> e.getValue() instanceof AtFpir at
                                ? List.of(
                                        e.getKey(),
                                        number(at.threshold()),
                                        percent(at.fpir()),
                                        percent(at.fnir()),
                                        interval(at.fnirInterval()))
                                : List.of(e.getKey(), "", "", e.getValue().toString(), "")));
    }

    private static String hard(List<Hard> comparisons) {
        return "<table><tr><th>score</th><th class=\"name\">probe</th><th class=\"name\">reference</th></tr>\n"
                + comparisons.stream()
                        .map(c -> "<tr><td>%s</td><td class=\"name\">%s</td><td class=\"name\">%s</td></tr>\n"
                                .formatted(number(c.score()), Svg.escape(c.probe()), Svg.escape(c.reference())))
                        .collect(Collectors.joining())
                + "</table>";
    }

    /** A table whose first column names its rows; without a heading where the titles are empty. */
    private static String table(List<String> titles, Stream<List<String>> rows) {
        String heading = titles.getFirst().isEmpty()
                ? ""
                : titles.stream()
                        .map(t -> "<th scope=\"col\">" + Svg.escape(t) + "</th>")
                        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
        return rows.map(row -> row.stream()
                        .skip(1)
                        .map(cell -> "<td>" + Svg.escape(cell) + "</td>")
                        .collect(Collectors.joining(
                                "", "<tr><th scope=\"row\">" + Svg.escape(row.getFirst()) + "</th>", "</tr>\n")))
                .collect(Collectors.joining("", "<table>" + heading, "</table>"));
    }

    private static String interval(double[] interval) {
        return percent(interval[0]) + " to " + percent(interval[1]);
    }

    static String percent(double rate) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * rate);
    }

    private static String number(double score) {
        return Double.isInfinite(score) ? "failed" : String.format(Locale.ROOT, "%.4f", score);
    }
}
