package org.vultus.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Region;

/**
 * A drawn frontal face of nobody, in good light, that carries in a few of its pixels what {@link PaintedNetworks} shall see in
 * it: for tests of what is decided about faces, without models. A patch on the forehead tells who it is, the pixel at the top
 * left the rest. Immutable.
 *
 * @param person who it is, 0 to {@value #PEOPLE} − 1; different people have a cosine of 0
 * @param other whom it resembles as well
 * @param resemblance how much, in percent: at 50 it is as much the one as the other
 * @param liveness 0 to 1
 * @param faces how many faces are in the picture
 * @param yaw of the head in degrees, −90 to 90
 */
public record PaintedFace(int person, int other, int resemblance, double liveness, int faces, int yaw) {
    /** How many different people there are. */
    public static final int PEOPLE = 64;

    static final int WIDTH = 480;
    static final int HEIGHT = 400;
    /** The height of the face; everything drawn is measured in it, from the middle of the picture. */
    private static final double FACE = 200;

    private static final double PATCH = 0.06;
    private static final double PATCH_Y = -0.30;

    /** Where the patch lies after alignment. */
    static final int ALIGNED_PATCH_X = 56;

    static final int ALIGNED_PATCH_Y = 30;
    /** Keeps the patch from being black. */
    static final int OFFSET = 100;

    static final int NO_YAW = 128;
    static final Region BOX = new Region(WIDTH / 2.0 - 0.4 * FACE, HEIGHT / 2.0 - 0.5 * FACE, 0.8 * FACE, FACE);
    private static final byte[] BLANK = draw();

    public PaintedFace {
        Objects.checkIndex(person, PEOPLE);
        Objects.checkIndex(other, PEOPLE);
        Objects.checkIndex(resemblance, 101);
        Objects.checkIndex(faces, 256);
        Objects.checkIndex(yaw + 90, 181);
        if (!(liveness >= 0 && liveness <= 1)) {
            throw new IllegalArgumentException("liveness " + liveness);
        }
    }

    /** Somebody alive, alone and straight before the camera. */
    public static PaintedFace of(int person) {
        return new PaintedFace(person, person, 0, 1, 1, 0);
    }

    /** @param percent how much */
    public PaintedFace resembling(int whom, int percent) {
        return new PaintedFace(person, whom, percent, liveness, faces, yaw);
    }

    public PaintedFace withLiveness(double score) {
        return new PaintedFace(person, other, resemblance, score, faces, yaw);
    }

    public PaintedFace withFaces(int count) {
        return new PaintedFace(person, other, resemblance, liveness, count, yaw);
    }

    public PaintedFace withYaw(int degrees) {
        return new PaintedFace(person, other, resemblance, liveness, faces, degrees);
    }

    /** A new PNG of it. */
    public CapturedSample sample() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int level = BLANK[y * WIDTH + x] & 0xFF;
                image.setRGB(x, y, rgb(level, level, level));
            }
        }
        int radius = (int) (PATCH * FACE);
        int patchY = (int) (HEIGHT / 2.0 + PATCH_Y * FACE);
        for (int y = patchY - radius; y <= patchY + radius; y++) {
            for (int x = WIDTH / 2 - radius; x <= WIDTH / 2 + radius; x++) {
                image.setRGB(x, y, rgb(OFFSET + person, OFFSET + resemblance, OFFSET + other));
            }
        }
        image.setRGB(0, 0, rgb((int) Math.round(255 * liveness), faces, NO_YAW + yaw));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CapturedSample(png.toByteArray());
    }

    /** Several new samples of the same picture. */
    public List<CapturedSample> samples(int count) {
        CapturedSample[] samples = new CapturedSample[count];
        Arrays.setAll(samples, i -> sample());
        return List.of(samples);
    }

    /** The 68 points of the drawing. */
    static Landmarks landmarks() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            double angle = Math.PI * (1 - i / 16.0);
            points.add(new Point(0.37 * Math.cos(angle), -0.1 + 0.58 * Math.sin(angle)));
        }
        for (int i = 0; i < 10; i++) {
            points.add(new Point((i < 5 ? -0.24 : 0.08) + 0.04 * (i % 5), -0.18));
        }
        for (int i = 0; i < 4; i++) {
            points.add(new Point(0, -0.1 + 0.06 * i));
        }
        for (int i = -2; i <= 2; i++) {
            points.add(new Point(0.03 * i, 0.12));
        }
        ring(points, 6, -0.16, -0.1, 0.06, 0.022);
        ring(points, 6, 0.16, -0.1, 0.06, 0.022);
        ring(points, 12, 0, 0.24, 0.11, 0.03);
        ring(points, 8, 0, 0.24, 0.09, 0.005);
        return new Landmarks(points.stream()
                .map(p -> new Point(WIDTH / 2.0 + FACE * p.x(), HEIGHT / 2.0 + FACE * p.y()))
                .toList());
    }

    /** From the left corner over the top, as the eyes and lips of iBUG run. */
    private static void ring(List<Point> points, int count, double x, double y, double radiusX, double radiusY) {
        for (int i = 0; i < count; i++) {
            double angle = Math.PI - 2 * Math.PI * i / count;
            points.add(new Point(x + radiusX * Math.cos(angle), y - radiusY * Math.sin(angle)));
        }
    }

    private static byte[] draw() {
        byte[] levels = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = Math.abs((x + 0.5 - WIDTH / 2.0) / FACE);
                double v = (y + 0.5 - HEIGHT / 2.0) / FACE;
                // A checkerboard of single pixels is what sensor noise is for a camera: detail everywhere.
                levels[y * WIDTH + x] = (byte) (luminance(u, v) + 3 * ((x + y) % 2));
            }
        }
        return levels;
    }

    private static double luminance(double u, double v) {
        if (inside(u, v, 0.37, 0.5)) {
            if (inside(u - 0.16, v + 0.1, 0.065, 0.022)) {
                return Math.abs(u - 0.16) < 0.022 ? 30 : 225;
            }
            if (Math.abs(u - 0.16) < 0.08 && Math.abs(v + 0.18) < 0.015) {
                return 50;
            }
            if (inside(u, v - 0.24, 0.11, 0.029)) {
                return 95;
            }
            return inside(u - 0.03, v - 0.1, 0.015, 0.01) ? 60 : 160 - 60 * u - 20 * v;
        }
        return 90 + 20 * v;
    }

    private static boolean inside(double x, double y, double radiusX, double radiusY) {
        return Math.hypot(x / radiusX, y / radiusY) < 1;
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
