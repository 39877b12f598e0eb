package org.vultus.biometrics.embed;

import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.image.SimilarityTransform;

/**
 * Brings a face to the pose that extractors were trained on: the similarity transform that takes its five points nearest, in
 * the least-squares sense, to the ArcFace template (Umeyama, "Least-squares estimation of transformation parameters between
 * two point patterns", 1991; template of Deng et al., "ArcFace", 2019, for 112×112). Stateless, safe for several threads.
 */
public final class FaceAligner {

    /**
     * The ArcFace template. The published coordinates name pixel centres by integers; here a centre lies at .5, hence the
     * shift.
     */
    static final FivePoints TEMPLATE = new FivePoints(
            new Point(38.2946 + 0.5, 51.6963 + 0.5),
            new Point(73.5318 + 0.5, 51.5014 + 0.5),
            new Point(56.0252 + 0.5, 71.7366 + 0.5),
            new Point(41.5493 + 0.5, 92.3655 + 0.5),
            new Point(70.7299 + 0.5, 92.2041 + 0.5));

    private FaceAligner() {}

    /** Points that all coincide tell no scale: the crop is then taken around them as it is. */
    public static AlignedFace align(RgbImage image, FivePoints points) {
        return new AlignedFace(
                Resampling.warp(image, leastSquares(points, TEMPLATE), AlignedFace.SIZE, AlignedFace.SIZE));
    }

    /** The similarity that minimises the sum of squared distances between the images of {@code from} and {@code to}. */
    static SimilarityTransform leastSquares(FivePoints from, FivePoints to) {
        Point[] p = {from.leftEye(), from.rightEye(), from.nose(), from.mouthLeft(), from.mouthRight()};
        Point[] q = {to.leftEye(), to.rightEye(), to.nose(), to.mouthLeft(), to.mouthRight()};
        double px = 0;
        double py = 0;
        double qx = 0;
        double qy = 0;
        for (int i = 0; i < p.length; i++) {
            px += p[i].x() / p.length;
            py += p[i].y() / p.length;
            qx += q[i].x() / q.length;
            qy += q[i].y() / q.length;
        }
        double along = 0;
        double across = 0;
        double spread = 0;
        for (int i = 0; i < p.length; i++) {
            double x = p[i].x() - px;
            double y = p[i].y() - py;
            double u = q[i].x() - qx;
            double v = q[i].y() - qy;
            along += x * u + y * v;
            across += x * v - y * u;
            spread += x * x + y * y;
        }
        double a = spread > 0 ? along / spread : 1;
        double b = spread > 0 ? across / spread : 0;
        return new SimilarityTransform(a, b, qx - (a * px - b * py), qy - (b * px + a * py));
    }
}
