package org.vultus.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.liveness.FlashColour;
import org.vultus.biometrics.liveness.Gesture;

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
 * @param act what it does in this frame
 */
public record PaintedFace(int person, int other, int resemblance, double liveness, int faces, int yaw, Act act) {

    /**
     * What a face does in one frame.
     *
     * @param eyes how open, in percent
     * @param mouth how open, in percent
     * @param pitch of the head in degrees
     * @param size of the face, in percent of that from afar
     * @param tint of the skin, by the light of a display
     * @param noise tells frames apart that show the same; 0 to 65535
     */
    public record Act(int eyes, int mouth, int pitch, int size, Optional<FlashColour> tint, int noise) {
        /** Eyes open, mouth closed. */
        public static final Act STILL = new Act(100, 0, 0, 100, Optional.empty(), 0);
    }

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
    private static final AtomicInteger GRAIN = new AtomicInteger();

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
        return new PaintedFace(person, person, 0, 1, 1, 0, Act.STILL);
    }

    /** @param percent how much */
    public PaintedFace resembling(int whom, int percent) {
        return new PaintedFace(person, whom, percent, liveness, faces, yaw, act);
    }

    public PaintedFace withLiveness(double score) {
        return new PaintedFace(person, other, resemblance, score, faces, yaw, act);
    }

    public PaintedFace withFaces(int count) {
        return new PaintedFace(person, other, resemblance, liveness, count, yaw, act);
    }

    public PaintedFace withYaw(int degrees) {
        return new PaintedFace(person, other, resemblance, liveness, faces, degrees, act);
    }

    public PaintedFace acting(Act what) {
        return new PaintedFace(person, other, resemblance, liveness, faces, yaw, what);
    }

    /**
     * One frame of somebody who does what is asked, half a second after it was asked.
     *
     * @param gesture what is asked
     * @param since milliseconds since it was asked
     * @param colours of a flash, half a second each
     * @param noise as in {@link Act}
     */
    public PaintedFace doing(Gesture gesture, long since, List<FlashColour> colours, int noise) {
        boolean now = since >= 500 && since < 900;
        Act still = new Act(100, 0, 0, 100, Optional.empty(), noise);
        return switch (gesture) {
            case BLINK -> acting(new Act(now && since < 700 ? 20 : 100, 0, 0, 100, Optional.empty(), noise));
            case TURN_LEFT -> withYaw(now ? 35 : 0).acting(still);
            case TURN_RIGHT -> withYaw(now ? -35 : 0).acting(still);
            case NOD -> acting(new Act(100, 0, now ? -20 : 0, 100, Optional.empty(), noise));
            case OPEN_MOUTH -> acting(new Act(100, now ? 100 : 0, 0, 100, Optional.empty(), noise));
            case COME_CLOSER -> acting(new Act(100, 0, 0, now ? 135 : 100, Optional.empty(), noise));
            case COLOUR_FLASH ->
                acting(new Act(
                        100,
                        0,
                        0,
                        100,
                        Optional.of(colours.get(Math.clamp(since / 500, 0, colours.size() - 1))),
                        noise));
        };
    }

    /** A new PNG of it, with a grain of its own: no camera gives the same picture twice. */
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
        act.tint().ifPresent(colour -> tint(image, colour));
        image.setRGB(1, 0, rgb(act.eyes(), act.mouth(), NO_YAW + act.pitch()));
        image.setRGB(2, 0, rgb(act.size(), act.noise() >> 8 & 0xFF, act.noise() & 0xFF));
        image.setRGB(3, 0, 0xFF000000 | GRAIN.getAndIncrement());
        image.setRGB(0, 0, rgb((int) Math.round(255 * liveness), faces, NO_YAW + yaw));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CapturedSample(png.toByteArray());
    }

    /** The skin below the eyes in the light of a display. */
    private static void tint(BufferedImage image, FlashColour colour) {
        int light = 0xFF000000
                | switch (colour) {
                    case RED -> 0x180000;
                    case GREEN -> 0x001800;
                    case BLUE -> 0x000018;
                    case WHITE -> 0x080808;
                };
        for (int y = (int) (BOX.y() + 0.45 * BOX.height()); y < BOX.y() + 0.75 * BOX.height(); y++) {
            for (int x = (int) (BOX.x() + 0.25 * BOX.width()); x < BOX.x() + 0.75 * BOX.width(); x++) {
                int before = image.getRGB(x, y);
                int sum = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum |= Math.min(255, (before >> shift & 0xFF) + (light >> shift & 0xFF)) << shift;
                }
                image.setRGB(x, y, sum);
            }
        }
    }

    /** Several of it, each with its grain. */
    public List<CapturedSample> samples(int count) {
        CapturedSample[] samples = new CapturedSample[count];
        Arrays.setAll(samples, i -> sample());
        return List.of(samples);
    }

    /**
     * The 68 points of the drawing, as if it did what is painted into it.
     *
     * @param eyes how open, in percent; likewise the mouth
     * @param size in percent
     */
    static Landmarks landmarks(int yaw, int eyes, int mouth, int size) {
        // The eyes are 0.32 apart: at 35° the nose is 0.9 of that aside, where FrontalPose, fitted to faces, has a head
        // at 31°.
        double nose = 0.5 * Math.sin(Math.toRadians(yaw));
        double lids = 0.022 * (0.55 + 0.45 * eyes / 100.0);
        double lips = 0.005 + 0.065 * mouth / 100.0;
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            double angle = Math.PI * (1 - i / 16.0);
            points.add(new Point(0.37 * Math.cos(angle), -0.1 + 0.58 * Math.sin(angle)));
        }
        for (int i = 0; i < 10; i++) {
            points.add(new Point((i < 5 ? -0.24 : 0.08) + 0.04 * (i % 5), -0.18));
        }
        for (int i = 0; i < 4; i++) {
            points.add(new Point(nose, -0.1 + 0.06 * i));
        }
        for (int i = -2; i <= 2; i++) {
            points.add(new Point(nose + 0.03 * i, 0.12));
        }
        ring(points, 6, -0.16, -0.1, 0.06, lids);
        ring(points, 6, 0.16, -0.1, 0.06, lids);
        ring(points, 12, 0, 0.24, 0.11, Math.max(0.03, lips));
        ring(points, 8, 0, 0.24, 0.09, lips);
        // About the patch, which then lies where it lay after alignment.
        double scale = FACE * size / 100.0;
        return new Landmarks(points.stream()
                .map(p -> new Point(
                        WIDTH / 2.0 + scale * p.x(), HEIGHT / 2.0 + FACE * PATCH_Y + scale * (p.y() - PATCH_Y)))
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
