package org.vultus.evaluation.report;

import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;
import org.vultus.biometrics.quality.QualityComponent;

/**
 * What was found in one photo; its component names are the keys of the JSON.
 *
 * @param width of the upright image in pixels; absent when the photo was refused
 * @param height of the upright image in pixels; absent when the photo was refused
 * @param faces empty when there is none, and when the photo was refused
 * @param refusal why the photo could not be read
 */
public record PhotoReport(
        String file,
        Optional<Integer> width,
        Optional<Integer> height,
        List<Face> faces,
        Optional<RefusalReport> refusal) {

    /** Coordinates are pixels of the upright image, angles degrees. */
    public record Face(
            Box box,
            double confidence,
            List<double[]> landmarks,
            HeadPose pose,
            EyeState eyes,
            Quality quality,
            List<Advice> advice) {}

    public record Box(double x, double y, double width, double height) {}

    public record Quality(int unified, List<Component> components) {}

    public record Component(QualityComponent name, double measured, int score, Optional<Advice> advice) {}

    public static PhotoReport of(String file, RgbImage pixels, List<AssessedFace> faces) {
        return new PhotoReport(
                file,
                Optional.of(pixels.width()),
                Optional.of(pixels.height()),
                faces.stream().map(PhotoReport::face).toList(),
                Optional.empty());
    }

    public static PhotoReport of(String file, Refusal refusal) {
        return new PhotoReport(
                file, Optional.empty(), Optional.empty(), List.of(), Optional.of(RefusalReport.of(refusal)));
    }

    private static Face face(AssessedFace face) {
        Region box = face.face().box();
        return new Face(
                new Box(box.x(), box.y(), box.width(), box.height()),
                face.face().confidence(),
                face.landmarks().points().stream().map(PhotoReport::pair).toList(),
                face.pose(),
                face.eyes(),
                new Quality(
                        face.quality().unified(),
                        face.quality().components().stream()
                                .map(c -> new Component(c.component(), c.measured(), c.score(), c.advice()))
                                .toList()),
                face.quality().advice());
    }

    private static double[] pair(Point point) {
        return new double[] {point.x(), point.y()};
    }
}
