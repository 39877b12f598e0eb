package org.vultus.biometrics.quality;

/** A piecewise-linear curve through points of rising x, level beyond the first and the last one. */
record Curve(double[] xs, double[] ys) {

    /** {@code x0, y0, x1, y1, …} */
    static Curve through(double... points) {
        double[] xs = new double[points.length / 2];
        double[] ys = new double[points.length / 2];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = points[2 * i];
            ys[i] = points[2 * i + 1];
        }
        return new Curve(xs, ys);
    }

    /** Of NaN, which a network gives that has gone wrong, the value is 0: what was not measured is worth nothing. */
    double at(double x) {
        if (Double.isNaN(x)) {
            return 0;
        }
        if (x <= xs[0]) {
            return ys[0];
        }
        for (int i = 1; i < xs.length; i++) {
            if (x <= xs[i]) {
                return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
            }
        }
        return ys[ys.length - 1];
    }
}
