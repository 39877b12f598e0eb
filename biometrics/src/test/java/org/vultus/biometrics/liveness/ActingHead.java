package org.vultus.biometrics.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.quality.EyeState;
import org.vultus.biometrics.quality.HeadPose;

/**
 * A head in three dimensions that acts before an imagined camera: what the networks would tell of it, with their noise. A script of
 * movements is a list of curves over time.
 */
final class ActingHead {
    static final FrameColour GREY = new FrameColour(150, 110, 90, 100, 100, 100);

    private static final int IMAGE_WIDTH = 640;

    /** How something is at a time in milliseconds. */
    interface Curve {
        double at(double ms);
    }

    private final Random random;
    private final double noise;
    Curve yaw = ms -> 0;
    Curve pitch = ms -> 0;
    Curve roll = ms -> 0;
    Curve size = ms -> 1;
    /** Where it is, in distances of its eyes. */
    Curve across = ms -> 0;

    Curve down = ms -> 0;
    Curve eyes = ms -> 1;
    Curve mouth = ms -> 0.05;
    /** Whether the eye network sees what the lids do. */
    boolean networkSees = true;
    /** Whether it is a photo, whose points stay in one plane. */
    boolean flat;

    /** @param noise standard deviation of the landmarks, as a share of the distance between the eyes */
    ActingHead(long seed, double noise) {
        this.random = new Random(seed);
        this.noise = noise;
    }

    /** 0 at first, 1 from {@code begin + rise} to {@code end}, 0 again {@code rise} later. */
    static Curve bump(double begin, double rise, double end) {
        return ms -> Math.clamp(Math.min((ms - begin) / rise, (end + rise - ms) / rise), 0.0, 1.0);
    }

    static Curve times(double factor, Curve curve) {
        return ms -> factor * curve.at(ms);
    }

    /** Open eyes that close at each of these times for so long. */
    static Curve blinks(double duration, double... starts) {
        return ms -> {
            double open = 1;
            for (double start : starts) {
                open = Math.min(open, 1 - bump(start, 60, start + duration - 60).at(ms));
            }
            return open;
        };
    }

    List<FaceObservation> frames(double fps, double untilMs) {
        List<FaceObservation> frames = new ArrayList<>();
        for (double ms = 0; ms < untilMs; ms += 1000 / fps) {
            frames.add(at(ms));
        }
        return frames;
    }

    FaceObservation at(double ms) {
        double open = eyes.at(ms);
        double networks = networkSees ? (open > 0.4 ? 0.98 : 0.02) : 0.98;
        Landmarks landmarks = landmarks(ms);
        HeadPose pose = new HeadPose(
                yaw.at(ms) + 30 * noise * random.nextGaussian(),
                pitch.at(ms) + 30 * noise * random.nextGaussian(),
                roll.at(ms));
        return new FaceObservation(
                Math.round(ms),
                new Region(200, 100, 160, 200),
                landmarks,
                pose,
                new EyeState(networks, networks),
                GREY,
                new FrameMark(
                        random.nextLong(),
                        random.nextLong(),
                        FrameGrain.NONE,
                        Posture.of(landmarks, pose, IMAGE_WIDTH)));
    }

    private Landmarks landmarks(double ms) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            double a = Math.PI * (1 - i / 16.0);
            points.add(new double[] {1.2 * Math.cos(a), 0.2 + 1.6 * Math.sin(a), -0.8 * (1 - Math.sin(a))});
        }
        for (int i = 0; i < 10; i++) {
            points.add(new double[] {(i < 5 ? -0.8 : 0.28) + 0.13 * (i % 5), -0.3, 0.15});
        }
        for (int i = 0; i < 4; i++) {
            points.add(new double[] {0, 0.22 * i, 0.2 + 0.15 * i});
        }
        for (int i = -2; i <= 2; i++) {
            points.add(new double[] {0.1 * i, 0.75, 0.4});
        }
        double lids = 0.1 * (0.57 + 0.43 * eyes.at(ms));
        ring(points, 6, -0.5, 0, 0.2, lids);
        ring(points, 6, 0.5, 0, 0.2, lids);
        ring(points, 12, 0, 1.15, 0.35, 0.12 + 0.3 * mouth.at(ms));
        ring(points, 8, 0, 1.15, 0.3, 0.3 * mouth.at(ms) * 1.3);
        double y = Math.toRadians(yaw.at(ms));
        double p = Math.toRadians(pitch.at(ms));
        double r = Math.toRadians(roll.at(ms));
        double unit = 60 * size.at(ms);
        return new Landmarks(points.stream()
                .map(q -> {
                    double z0 = flat ? 0 : q[2];
                    double x = q[0] * Math.cos(y) + z0 * Math.sin(y);
                    double z = -q[0] * Math.sin(y) + z0 * Math.cos(y);
                    double v = q[1] * Math.cos(p) - z * Math.sin(p);
                    double n = unit * noise;
                    return new Point(
                            280
                                    + unit * (across.at(ms) + x * Math.cos(r) - v * Math.sin(r))
                                    + n * random.nextGaussian(),
                            200 + unit * (down.at(ms) + x * Math.sin(r) + v * Math.cos(r)) + n * random.nextGaussian());
                })
                .toList());
    }

    private static void ring(List<double[]> points, int count, double x, double y, double rx, double ry) {
        for (int i = 0; i < count; i++) {
            double a = Math.PI - 2 * Math.PI * i / count;
            points.add(new double[] {x + rx * Math.cos(a), y - ry * Math.sin(a), 0.1});
        }
    }
}
