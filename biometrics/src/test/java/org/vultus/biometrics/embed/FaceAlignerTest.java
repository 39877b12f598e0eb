package org.vultus.biometrics.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.vultus.biometrics.detect.FivePoints;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.image.SimilarityTransform;

class FaceAlignerTest {

    @Property(tries = 200, seed = "20261121")
    void undoesAnyRotationScaleAndShift(
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = 0.1, max = 20) double scale,
            @ForAll @DoubleRange(min = -5000, max = 5000) double tx,
            @ForAll @DoubleRange(min = -5000, max = 5000) double ty) {
        double a = scale * Math.cos(Math.toRadians(degrees));
        double b = scale * Math.sin(Math.toRadians(degrees));
        SimilarityTransform away = new SimilarityTransform(a, b, tx, ty);
        FivePoints seen =
                move(FaceAligner.TEMPLATE, p -> new Point(away.applyX(p.x(), p.y()), away.applyY(p.x(), p.y())));

        SimilarityTransform back = FaceAligner.leastSquares(seen, FaceAligner.TEMPLATE);

        Point eye = seen.leftEye();
        assertThat(back.applyX(eye.x(), eye.y()))
                .isCloseTo(FaceAligner.TEMPLATE.leftEye().x(), within(1e-6));
        assertThat(back.applyY(eye.x(), eye.y()))
                .isCloseTo(FaceAligner.TEMPLATE.leftEye().y(), within(1e-6));
        assertThat(back.scale()).isCloseTo(1 / scale, within(1e-9 / scale));
    }

    @Property(tries = 200, seed = "20261121")
    void noOtherSimilarityFitsBetter(
            @ForAll @DoubleRange(min = -6, max = 6) double noseX,
            @ForAll @DoubleRange(min = -6, max = 6) double mouthY,
            @ForAll @DoubleRange(min = -0.1, max = 0.1) double da,
            @ForAll @DoubleRange(min = -3, max = 3) double dt) {
        FivePoints t = FaceAligner.TEMPLATE;
        FivePoints seen = new FivePoints(
                t.leftEye(),
                t.rightEye(),
                new Point(t.nose().x() + noseX, t.nose().y()),
                new Point(t.mouthLeft().x(), t.mouthLeft().y() + mouthY),
                t.mouthRight());

        SimilarityTransform best = FaceAligner.leastSquares(seen, t);
        SimilarityTransform other =
                new SimilarityTransform(best.a() + da, best.b() - da, best.tx() + dt, best.ty() - dt);

        assertThat(residual(best, seen)).isLessThanOrEqualTo(residual(other, seen) + 1e-9);
    }

    @Test
    void aFaceThatStandsOnTheTemplateIsLeftAsItIs() {
        RgbImage image = new RgbImage(AlignedFace.SIZE, AlignedFace.SIZE);
        for (int i = 0; i < image.rgb().length; i++) {
            image.rgb()[i] = (byte) (i * 31);
        }

        AlignedFace aligned = FaceAligner.align(image, FaceAligner.TEMPLATE);

        assertThat(aligned.pixels().rgb()).isEqualTo(image.rgb());
    }

    @Test
    void pointsThatCoincideLeaveTheScaleAsItIs() {
        Point place = new Point(70, 40);

        SimilarityTransform moved =
                FaceAligner.leastSquares(new FivePoints(place, place, place, place, place), FaceAligner.TEMPLATE);

        assertThat(moved.scale()).isEqualTo(1);
        assertThat(moved.applyX(70, 40)).isBetween(40.0, 70.0);
        assertThat(moved.applyY(70, 40)).isBetween(60.0, 90.0);
    }

    private static double residual(SimilarityTransform s, FivePoints from) {
        FivePoints moved = move(from, p -> new Point(s.applyX(p.x(), p.y()), s.applyY(p.x(), p.y())));
        FivePoints t = FaceAligner.TEMPLATE;
        return square(moved.leftEye(), t.leftEye())
                + square(moved.rightEye(), t.rightEye())
                + square(moved.nose(), t.nose())
                + square(moved.mouthLeft(), t.mouthLeft())
                + square(moved.mouthRight(), t.mouthRight());
    }

    private static double square(Point p, Point q) {
        return p.distance(q) * p.distance(q);
    }

    private static FivePoints move(FivePoints f, UnaryOperator<Point> by) {
        return new FivePoints(
                by.apply(f.leftEye()),
                by.apply(f.rightEye()),
                by.apply(f.nose()),
                by.apply(f.mouthLeft()),
                by.apply(f.mouthRight()));
    }
}
