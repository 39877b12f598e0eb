package org.vultus.biometrics.liveness;

import java.util.List;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;

/**
 * How far the landmarks of two frames are from having moved like a plane: the root mean square residual of the best homography
 * (Hartley and Zisserman, "Multiple View Geometry", 4.1), in units of the distance between the eyes. A photo that is turned moves like
 * a plane; a replayed video of a turn does not, so it is recorded and decides nothing.
 */
public final class PlanarMotion {
    private static final int UNKNOWNS = 8;

    private PlanarMotion() {}

    /** 0 for a plane; NaN where the points tell no plane. */
    public static double residual(Landmarks from, Landmarks to) {
        List<Point> p = normalised(from);
        List<Point> q = normalised(to);
        double[][] normal = new double[UNKNOWNS][UNKNOWNS + 1];
        for (int i = 0; i < p.size(); i++) {
            double x = p.get(i).x();
            double y = p.get(i).y();
            double u = q.get(i).x();
            double v = q.get(i).y();
            accumulate(normal, new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y}, u);
            accumulate(normal, new double[] {0, 0, 0, x, y, 1, -v * x, -v * y}, v);
        }
        double[] h = solve(normal);
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double x = p.get(i).x();
            double y = p.get(i).y();
            double w = h[6] * x + h[7] * y + 1;
            double du = (h[0] * x + h[1] * y + h[2]) / w - q.get(i).x();
            double dv = (h[3] * x + h[4] * y + h[5]) / w - q.get(i).y();
            sum += du * du + dv * dv;
        }
        return Math.sqrt(sum / p.size());
    }

    /** Around their mean, in eye distances, so that the equations are well conditioned. */
    private static List<Point> normalised(Landmarks landmarks) {
        Point mean = landmarks.mean(0, Landmarks.COUNT - 1);
        double unit = Math.max(1e-9, landmarks.interEyeDistance());
        return landmarks.points().stream()
                .map(p -> new Point((p.x() - mean.x()) / unit, (p.y() - mean.y()) / unit))
                .toList();
    }

    private static void accumulate(double[][] normal, double[] row, double right) {
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int j = 0; j < UNKNOWNS; j++) {
                normal[i][j] += row[i] * row[j];
            }
            normal[i][UNKNOWNS] += row[i] * right;
        }
    }

    /** Gaussian elimination with pivoting; a singular system gives NaN. */
    private static double[] solve(double[][] a) {
        for (int column = 0; column < UNKNOWNS; column++) {
            int pivot = column;
            for (int row = column + 1; row < UNKNOWNS; row++) {
                if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swap = a[column];
            a[column] = a[pivot];
            a[pivot] = swap;
            for (int row = 0; row < UNKNOWNS; row++) {
                if (row != column) {
                    double factor = a[row][column] / a[column][column];
                    for (int j = column; j <= UNKNOWNS; j++) {
                        a[row][j] -= factor * a[column][j];
                    }
                }
            }
        }
        double[] solution = new double[UNKNOWNS];
        for (int i = 0; i < UNKNOWNS; i++) {
            solution[i] = a[i][UNKNOWNS] / a[i][i];
        }
        return solution;
    }
}
