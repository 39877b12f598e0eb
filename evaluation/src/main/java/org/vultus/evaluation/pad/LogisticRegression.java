package org.vultus.evaluation.pad;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.vultus.biometrics.liveness.PadHead;

/**
 * Logistic regression with a quadratic penalty, fitted by L-BFGS (Nocedal and Wright, "Numerical Optimization", 2006,
 * algorithms 7.4 and 7.5, with Armijo's rule for the step). Values are centred and scaled to a spread of 1 first, so that the
 * penalty treats them alike. Deterministic.
 */
final class LogisticRegression {
    private static final int STEPS = 300;
    /** Pairs that stand for the curvature; Nocedal and Wright recommend 3 to 20. */
    private static final int MEMORY = 10;
    /** A gradient this small, beside a total weight of 1, ends the search: the scores no longer change in what is reported. */
    private static final double FLAT = 1e-7;

    private static final double STEEPEST = 10;

    private static final double ARMIJO = 1e-4;
    private static final double CONSTANT = 1e-5;

    private final double[][] rows;
    private final double[] weights;
    private final double[] signs;
    private final double penalty;

    private LogisticRegression(double[][] rows, double[] weights, double[] signs, double penalty) {
        this.rows = rows;
        this.weights = weights;
        this.signs = signs;
        this.penalty = penalty;
    }

    /** One observation: its values, its class, and how much it counts. */
    record Row(double[] values, boolean positive, double weight) {}

    /**
     * The score whose sign tells the classes apart: the log-odds of the positive one. Values far from the centre count as at
     * the bound of {@link PadHead}, in the fit as later.
     *
     * @param rows all of one length, of both classes; their weights are scaled to a sum of 1
     * @param penalty of half the squared weights, on scaled values
     */
    static PadHead fit(List<Row> rows, double penalty) {
        int d = rows.getFirst().values().length;
        double[] w = shares(rows);
        double[] centre = new double[d];
        double[] scale = scale(rows, w, centre);
        double[][] values = new double[rows.size()][d];
        for (int i = 0; i < values.length; i++) {
            double[] row = rows.get(i).values();
            for (int j = 0; j < d; j++) {
                values[i][j] = PadHead.bounded(row[j], centre[j], scale[j]);
            }
        }
        double[] found = new LogisticRegression(values, w, signs(rows), penalty).minimise();
        return new PadHead(centre, scale, Arrays.copyOf(found, d), found[d]);
    }

    /**
     * Factor and addend that make log-odds of scores (Platt, "Probabilistic outputs for support vector machines", 1999). The factor is
     * {@value #STEEPEST} at most: scores without a single error do not say how sure they are.
     *
     * @param rows with one value, the score
     */
    static double[] calibrate(List<Row> rows) {
        double[][] values = rows.stream().map(Row::values).toArray(double[][]::new);
        double[] found = new LogisticRegression(values, shares(rows), signs(rows), 0).minimise();
        double factor = Math.min(1, STEEPEST / Math.abs(found[0]));
        return new double[] {factor * found[0], factor * found[1]};
    }

    private static double[] shares(List<Row> rows) {
        double total = rows.stream().mapToDouble(Row::weight).sum();
        return rows.stream().mapToDouble(r -> r.weight() / total).toArray();
    }

    private static double[] signs(List<Row> rows) {
        return rows.stream().mapToDouble(r -> r.positive() ? 1 : -1).toArray();
    }

    /** One over the spread of each value, and its mean into {@code centre}. */
    private static double[] scale(List<Row> rows, double[] w, double[] centre) {
        int d = centre.length;
        for (int i = 0; i < w.length; i++) {
            add(centre, w[i], rows.get(i).values());
        }
        double[] variance = new double[d];
        for (int i = 0; i < w.length; i++) {
            double[] values = rows.get(i).values();
            for (int j = 0; j < d; j++) {
                variance[j] += w[i] * (values[j] - centre[j]) * (values[j] - centre[j]);
            }
        }
        double[] scale = new double[d];
        for (int j = 0; j < d; j++) {
            // A value that changes by no more than rounding tells nothing; its weight becomes 0.
            double spread = Math.sqrt(variance[j]);
            scale[j] = spread > CONSTANT * (1 + Math.abs(centre[j])) ? 1 / spread : 0;
        }
        return scale;
    }

    private double[] minimise() {
        int d = rows[0].length;
        double[] point = new double[d + 1];
        double[] gradient = new double[d + 1];
        double value = loss(point, gradient);
        Deque<double[][]> pairs = new ArrayDeque<>();
        for (int step = 0; step < STEPS && Math.sqrt(dot(gradient, gradient)) > FLAT; step++) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            double length = 1;
            double[] next;
            double[] nextGradient = new double[d + 1];
            double nextValue;
            do {
                next = point.clone();
                add(next, length, direction);
                nextValue = loss(next, nextGradient);
                length /= 2;
            } while (nextValue > value + ARMIJO * 2 * length * slope && length > 1e-12);
            double[] moved = next.clone();
            add(moved, -1, point);
            double[] turned = nextGradient.clone();
            add(turned, -1, gradient);
            if (dot(moved, turned) > 1e-18) {
                pairs.addFirst(new double[][] {moved, turned});
                if (pairs.size() > MEMORY) {
                    pairs.removeLast();
                }
            }
            point = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return point;
    }

    /** Two loops over the pairs give minus the inverse Hessian times the gradient, about. */
    private static double[] direction(double[] gradient, Deque<double[][]> pairs) {
        double[] q = gradient.clone();
        double[] alpha = new double[pairs.size()];
        int i = 0;
        for (double[][] pair : pairs) {
            alpha[i] = dot(pair[0], q) / dot(pair[0], pair[1]);
            add(q, -alpha[i], pair[1]);
            i++;
        }
        if (!pairs.isEmpty()) {
            double[][] latest = pairs.getFirst();
            multiply(q, dot(latest[0], latest[1]) / dot(latest[1], latest[1]));
        }
        for (double[][] pair : pairs.reversed()) {
            i--;
            add(q, alpha[i] - dot(pair[1], q) / dot(pair[0], pair[1]), pair[0]);
        }
        multiply(q, -1);
        return q;
    }

    /** The mean logistic loss with the penalty, and its gradient into {@code gradient}; the last coordinate is the bias. */
    private double loss(double[] point, double[] gradient) {
        int d = point.length - 1;
        Arrays.fill(gradient, 0);
        double loss = 0;
        for (int j = 0; j < d; j++) {
            loss += penalty / 2 * point[j] * point[j];
            gradient[j] = penalty * point[j];
        }
        for (int i = 0; i < rows.length; i++) {
            double sum = point[d];
            for (int j = 0; j < d; j++) {
                sum += point[j] * rows[i][j];
            }
            double margin = signs[i] * sum;
            // log(1 + e^−m) without overflow.
            loss += weights[i] * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
            double pull = -weights[i] * signs[i] / (1 + Math.exp(margin));
            for (int j = 0; j < d; j++) {
                gradient[j] += pull * rows[i][j];
            }
            gradient[d] += pull;
        }
        return loss;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < what.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static void multiply(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
