package org.vultus.biometrics.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.vultus.biometrics.detect.DetectedFace;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/** A drawn frontal face with the box and landmarks that belong to it. Of nobody. */
record SyntheticFace(RgbImage image, DetectedFace face, Landmarks landmarks) {

    interface PixelChange {
        double apply(double value, int x, int y);
    }

    /** A face of {@code height} pixels around (cx, cy); openings are height over width of the eyes and of the inner lips. */
    static SyntheticFace draw(
            int width, int height, double cx, double cy, double faceHeight, double eyeOpening, double mouthOpening) {
        double h = faceHeight;
        RgbImage image = new RgbImage(width, height);
        Random grain = new Random(5);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (x + 0.5 - cx) / h;
                double v = (y + 0.5 - cy) / h;
                double value = luminance(Math.abs(u), v, mouthOpening) + 2 * grain.nextGaussian();
                int i = 3 * (y * width + x);
                image.rgb()[i] = level(value * 1.1);
                image.rgb()[i + 1] = level(value);
                image.rgb()[i + 2] = level(value * 0.9);
            }
        }
        Region box = new Region(cx - 0.4 * h, cy - 0.5 * h, 0.8 * h, h);
        return new SyntheticFace(
                image, new DetectedFace(box, 0.99, Optional.empty()), landmarks(cx, cy, h, eyeOpening, mouthOpening));
    }

    static SyntheticFace sharpFrontalWellLit() {
        return draw(640, 480, 320, 240, 300, 0.32, 0.05);
    }

    SyntheticFace with(PixelChange change) {
        RgbImage changed = new RgbImage(image.width(), image.height());
        for (int i = 0; i < changed.rgb().length; i++) {
            int pixel = i / 3;
            double value = image.rgb()[i] & 0xFF;
            changed.rgb()[i] = level(change.apply(value, pixel % image.width(), pixel / image.width()));
        }
        return new SyntheticFace(changed, face, landmarks);
    }

    /** The mean of a square of {@code 2 × radius + 1} pixels, three times, which is nearly a Gaussian. */
    SyntheticFace blurred(int radius) {
        SyntheticFace blurred = this;
        for (int pass = 0; pass < 3; pass++) {
            blurred = blurred.boxed(radius, 3).boxed(radius, 3 * image.width());
        }
        return blurred;
    }

    private SyntheticFace boxed(int radius, int step) {
        byte[] from = image.rgb();
        RgbImage to = new RgbImage(image.width(), image.height());
        for (int i = 0; i < from.length; i++) {
            double sum = 0;
            for (int k = -radius; k <= radius; k++) {
                int at = i + k * step;
                sum += from[at >= 0 && at < from.length ? at : i] & 0xFF;
            }
            to.rgb()[i] = level(sum / (2 * radius + 1));
        }
        return new SyntheticFace(to, face, landmarks);
    }

    private static double luminance(double u, double v, double mouthOpening) {
        if (square(u / 0.37) + square(v / 0.5) > 1) {
            return 90 + 20 * v;
        }
        double skin = 160 - 60 * u - 20 * v;
        if (square((u - 0.16) / 0.065) + square((v + 0.1) / 0.022) < 1) {
            return Math.abs(u - 0.16) < 0.022 ? 30 : 225;
        }
        if (Math.abs(u - 0.16) < 0.08 && Math.abs(v + 0.18) < 0.015) {
            return 50;
        }
        if (square(u / 0.11) + square((v - 0.24) / (0.025 + 0.08 * mouthOpening)) < 1) {
            return 95;
        }
        if (square((u - 0.03) / 0.015) + square((v - 0.1) / 0.01) < 1) {
            return 60;
        }
        return skin;
    }

    private static Landmarks landmarks(double cx, double cy, double h, double eyeOpening, double mouthOpening) {
        List<Point> p = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            double angle = Math.PI * (1 - i / 16.0);
            p.add(new Point(0.37 * Math.cos(angle), -0.1 + 0.58 * Math.sin(angle)));
        }
        for (int i = 0; i < 10; i++) {
            p.add(new Point((i < 5 ? -0.24 : 0.08) + 0.04 * (i % 5), -0.18));
        }
        for (int i = 0; i < 4; i++) {
            p.add(new Point(0, -0.1 + 0.06 * i));
        }
        for (int i = -2; i <= 2; i++) {
            p.add(new Point(0.03 * i, 0.12));
        }
        ring(p, 6, -0.16, -0.1, 0.06, 0.06 * eyeOpening / 0.866);
        ring(p, 6, 0.16, -0.1, 0.06, 0.06 * eyeOpening / 0.866);
        ring(p, 12, 0, 0.24, 0.11, 0.03 + 0.05 * mouthOpening);
        ring(p, 8, 0, 0.24, 0.09, 0.09 * mouthOpening / 0.8);
        return new Landmarks(p.stream()
                .map(q -> new Point(cx + h * q.x(), cy + h * q.y()))
                .toList());
    }

    /** From the left corner over the top. */
    private static void ring(List<Point> points, int n, double cx, double cy, double rx, double ry) {
        for (int i = 0; i < n; i++) {
            double angle = Math.PI - 2 * Math.PI * i / n;
            points.add(new Point(cx + rx * Math.cos(angle), cy - ry * Math.sin(angle)));
        }
    }

    private static double square(double x) {
        return x * x;
    }

    private static byte level(double value) {
        return (byte) Math.clamp(Math.round(value), 0, 255);
    }
}
