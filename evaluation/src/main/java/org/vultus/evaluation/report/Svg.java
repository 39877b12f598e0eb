package org.vultus.evaluation.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.vultus.evaluation.metrics.ErrorRates;

/** The charts of a report as inline SVG. */
final class Svg {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 56;
    private static final int BINS = 200;

    /** Thresholds that a curve is drawn at. */
    private static final int STEPS = 4000;

    /** The error rates that the axes of a DET plot are marked at. */
    private static final double[] MARKS = {1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5};

    private Svg() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** FNMR over FMR, both on normal-deviate axes (Martin et al., "The DET curve", 1997). */
    static String det(ErrorRates errors) {
        return det(errors, "false match rate", "false non-match rate");
    }

    /** The same with other names for the two errors: the first of taking for genuine what is not. */
    static String det(ErrorRates errors, String across, String up) {
        double low = probit(MARKS[0]);
        double high = probit(MARKS[MARKS.length - 1]);
        DoubleUnaryOperator x = rate -> MARGIN + (probit(rate) - low) / (high - low) * (WIDTH - 2 * MARGIN);
        DoubleUnaryOperator y = rate -> HEIGHT - MARGIN - (probit(rate) - low) / (high - low) * (HEIGHT - 2 * MARGIN);
        StringBuilder svg = open("Detection error trade-off");
        for (double mark : MARKS) {
            double px = x.applyAsDouble(mark);
            double py = y.applyAsDouble(mark);
            svg.append(line(px, MARGIN, px, HEIGHT - MARGIN)).append(line(MARGIN, py, WIDTH - MARGIN, py));
            svg.append(text(px, HEIGHT - MARGIN + 18, "middle", mark(mark)));
            svg.append(text(MARGIN - 6, py + 4, "end", mark(mark)));
        }
        svg.append(text(WIDTH / 2.0, HEIGHT - 12, "middle", across));
        svg.append(text(MARGIN, MARGIN - 14, "start", up));
        StringBuilder points = new StringBuilder();
        String last = "";
        for (int step = 0; step <= STEPS; step++) {
            double threshold = 2.0 * step / STEPS - 1;
            double fmr = errors.fmr(threshold);
            double fnmr = errors.fnmr(threshold);
            // A rate of nought has no place on this scale: the sample is too small to tell it from a very low one.
            if (fmr >= MARKS[0] && fnmr >= MARKS[0] && fmr <= 0.5 && fnmr <= 0.5) {
                String point = number(x.applyAsDouble(fmr)) + "," + number(y.applyAsDouble(fnmr)) + " ";
                if (!point.equals(last)) {
                    points.append(point);
                }
                last = point;
            }
        }
        svg.append("<polyline class=\"mated curve\" points=\"").append(points).append("\"/>");
        return svg.append("</svg>").toString();
    }

    /** Both distributions, each bin by its share of its own class. */
    static String histogram(double[] mated, double[] nonMated) {
        double[] one = ErrorRates.histogram(mated, BINS);
        double[] two = ErrorRates.histogram(nonMated, BINS);
        double top = Math.max(
                Arrays.stream(one).max().orElse(1), Arrays.stream(two).max().orElse(1));
        StringBuilder svg = open("Score histogram");
        svg.append(area(one, top, "mated")).append(area(two, top, "other"));
        svg.append(key(0, "mated", "one person")).append(key(1, "other", "different people"));
        svg.append(text(WIDTH / 2.0, HEIGHT - 12, "middle", "comparison score"));
        for (double mark = -0.4; mark <= 1.01; mark += 0.2) {
            svg.append(text(place(mark), HEIGHT - MARGIN + 18, "middle", String.format(Locale.ROOT, "%.1f", mark)));
        }
        svg.append(line(MARGIN, HEIGHT - MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN));
        return svg.append("</svg>").toString();
    }

    private static String area(double[] shares, double top, String style) {
        StringBuilder path = new StringBuilder("<polygon class=\"area " + style + "\" points=\"");
        for (int i = 0; i < BINS; i++) {
            double score = 2 * (i + 0.5) / BINS - 1;
            if (score >= -0.5) {
                double height = shares[i] / top * (HEIGHT - 2 * MARGIN);
                path.append(number(place(score)))
                        .append(',')
                        .append(number(HEIGHT - MARGIN - height))
                        .append(' ');
            }
        }
        path.append(number(place(1))).append(',').append(HEIGHT - MARGIN).append(' ');
        path.append(number(place(-0.5))).append(',').append(HEIGHT - MARGIN);
        return path.append("\"/>").toString();
    }

    private static String key(int row, String style, String text) {
        return "<text class=\"key %s\" x=\"%d\" y=\"%d\">■ %s</text>"
                .formatted(style, MARGIN + 8, MARGIN + 20 * row, escape(text));
    }

    private static double place(double score) {
        return MARGIN + (score + 0.5) / 1.5 * (WIDTH - 2 * MARGIN);
    }

    private static StringBuilder open(String title) {
        return new StringBuilder("<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>%s</title>"
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, title));
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "<line class=\"axis\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke-width=\".5\"/>"
                .formatted(number(x1), number(y1), number(x2), number(y2));
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text class=\"label\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(number(x), number(y), anchor, escape(text));
    }

    private static String mark(double rate) {
        return rate < 0.01 ? String.format(Locale.ROOT, "%.0e", rate) : Math.round(100 * rate) + " %";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * The quantile of the standard normal distribution, by bisection of its distribution function in the approximation of
     * Abramowitz and Stegun 7.1.26 (error below 1.5e-7, finer than a pixel).
     */
    private static double probit(double p) {
        double low = -6;
        double high = 6;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (normal(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double normal(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double tail = t
                * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
                * Math.exp(-x * x);
        return z < 0 ? tail / 2 : 1 - tail / 2;
    }
}
