package org.vultus.evaluation.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vultus.evaluation.metrics.ErrorRates;
import org.vultus.evaluation.protocol.PadScores;

/**
 * One evaluation of presentation attack detection for people to look at.
 *
 * @param single the scores of single frames behind the curves
 */
public record PadReport(PadMetrics metrics, List<PadScores> single) {

    /** A page that needs nothing else: no script, no address, no picture of anybody. */
    public String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Vultus: presentation attack detection</title>
                <style>
                :root { color-scheme: light dark; --mated: #0b62b8; --grey: #5c6470; --line: #8886; }
                @media (prefers-color-scheme: dark) { :root { --mated: #6cb6ff; --grey: #a5adba; } }
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
                .scroll { overflow-x: auto; }
                table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
                td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem; text-align: right; white-space: nowrap; }
                td:first-child, th:first-child { text-align: left; }
                svg { max-width: 100%%; height: auto; } figure { margin: 1rem 0; }
                .mated { stroke: var(--mated); fill: var(--mated); } .curve { fill: none; stroke-width: 2; }
                .axis { stroke: var(--line); } .label { fill: var(--grey); font: 12px system-ui, sans-serif; }
                footer, .note { color: var(--grey); font-size: .9rem; }
                </style>
                </head>
                <body>
                <h1>Presentation attack detection</h1>
                <p>%d images, failure to acquire %s. A presentation is live when its score reaches %s.</p>
                <h2>Single frames</h2>
                <div class="scroll">%s</div>
                <h2>Bags of ten frames</h2>
                <div class="scroll">%s</div>
                <p class="note">Frames of one source are much alike: what a rate is worth, the differences between sources tell,
                and the 95 %% intervals are over them.</p>
                <h2>Detection error trade-off of each source</h2>
                %s
                <footer><p>Model pack %s.</p></footer>
                </body>
                </html>
                """.formatted(
                        metrics.images(),
                        VerificationReport.percent(metrics.failureToAcquire()),
                        metrics.threshold(),
                        table(metrics.single()),
                        table(metrics.bag10()),
                        curves(),
                        Svg.escape(metrics.modelPack()));
    }

    private static String table(PadMetrics.Presentations all) {
        return "<table><tr><th>source</th><th>live</th><th>attacks</th><th>EER</th><th>APCER</th><th>BPCER</th><th>ACER</th>"
                + "<th>AUC</th><th>APCER at BPCER 5 %</th></tr>\n"
                + all.sources().entrySet().stream().map(PadReport::row).collect(Collectors.joining())
                + "<tr><td>all</td><td>%d</td><td>%d</td><td>%s%s</td><td>%s%s</td><td>%s%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                all.bonaFide(),
                                all.attacks(),
                                PadMetrics.percent(all.eer()),
                                PadMetrics.interval(all.eerInterval()),
                                PadMetrics.percent(all.apcer()),
                                PadMetrics.interval(all.apcerInterval()),
                                PadMetrics.percent(all.bpcer()),
                                PadMetrics.interval(all.bpcerInterval()),
                                PadMetrics.percent(all.acer()),
                                PadMetrics.percent(all.auc()),
                                PadMetrics.percent(all.apcerAtBpcer5()))
                + "</table>"
                + all.worstSource()
                        .map(name -> "<p>Worst source: " + Svg.escape(name) + ".</p>")
                        .orElse("");
    }

    private static String row(Map.Entry<String, PadMetrics.Source> source) {
        PadMetrics.Source s = source.getValue();
        return "<tr><td>%s</td><td>%d</td><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        Svg.escape(source.getKey()),
                        s.bonaFide(),
                        s.attacks(),
                        PadMetrics.percent(s.eer()),
                        PadMetrics.percent(s.apcer()),
                        PadMetrics.percent(s.bpcer()),
                        PadMetrics.percent(s.acer()),
                        PadMetrics.percent(s.auc()),
                        PadMetrics.percent(s.apcerAtBpcer5()));
    }

    private String curves() {
        return single.stream()
                .filter(s -> s.bonaFide().length > 0 && s.attacks().length > 0)
                .map(s -> "<figure><figcaption>%s</figcaption>%s</figure>\n"
                        .formatted(
                                Svg.escape(s.name()),
                                Svg.det(new ErrorRates(s.bonaFide(), s.attacks()), "APCER", "BPCER")))
                .collect(Collectors.joining());
    }
}
