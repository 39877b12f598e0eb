package org.vultus.server;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.ImageDecoder;
import org.vultus.biometrics.image.ImageLimits;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.trace.StageObserver;
import org.vultus.onnx.FaceModels;
import org.vultus.onnx.ModelPack;
import org.vultus.testkit.Capture;
import org.vultus.testkit.DemoPhotos;
import org.vultus.testkit.Grain;

/** The people of the demo photos, as a camera would catch them. */
public final class People {
    /** Of a clip, a second. */
    public static final int FRAMES_A_SECOND = 10;

    private static final int PERIOD = 4 * FRAMES_A_SECOND;

    /** For how many pictures the head stays as it is: a busy server looks at some of them only. */
    private static final int HELD = 2;

    /** Small, because a browser encodes it while much else goes on. */
    private static final Capture ACTING = new Capture(640, 480, 0.4, 0, 0, 1, 0);

    /** Of the face's size, to each side. */
    private static final double AROUND = 0.9;

    private final byte[] photo;
    private final Region face;
    private final Landmarks landmarks;

    private People(byte[] photo, AssessedFace face) {
        this.photo = photo;
        this.face = face.face().box();
        this.landmarks = face.landmarks();
    }

    /** @param number of the photo from 1; @param fromLeft which face, from 1 */
    public static People of(int number, int fromLeft) {
        byte[] photo = DemoPhotos.bytes(number);
        try (FaceModels models = FaceModels.open(ModelPack.bundled())) {
            FaceEngine engine =
                    new FaceEngine(new ImageDecoder(ImageLimits.DEFAULT), models.ports(), StageObserver.NONE);
            if (!(engine.describe(new CapturedSample(photo.clone())) instanceof Outcome.Accepted<?>(List<?> faces))) {
                throw new AssertionError("no faces in demo photo " + number);
            }
            return new People(
                    photo,
                    faces.stream()
                            .map(face -> (AssessedFace) face)
                            .sorted(Comparator.comparingDouble(
                                    face -> face.face().box().centreX()))
                            .toList()
                            .get(fromLeft - 1));
        }
    }

    /** Captures as an officer would take them: a little nearer, turned, lighter. */
    public List<byte[]> enrolment() {
        List<byte[]> images = new ArrayList<>();
        for (Capture capture : List.of(
                Capture.WEBCAM,
                Capture.WEBCAM.withFaceHeight(0.45),
                Capture.WEBCAM.withFaceHeight(0.5).withDegrees(3),
                Capture.WEBCAM.withGain(1.1),
                Capture.WEBCAM.withGain(0.92).withDegrees(-3),
                Capture.WEBCAM.withShiftX(0.04))) {
            images.add(capture.of(photo, face));
        }
        return images;
    }

    /** Frames of another day, whose pixels are others each time. */
    public List<byte[]> signIn() {
        return Stream.of(
                        Capture.WEBCAM
                                .withFaceHeight(0.42)
                                .withDegrees(2)
                                .withGain(0.97)
                                .of(photo, face),
                        Capture.WEBCAM
                                .withFaceHeight(0.43)
                                .withDegrees(1)
                                .withShiftX(0.02)
                                .of(photo, face),
                        Capture.WEBCAM.withFaceHeight(0.44).withGain(1.04).of(photo, face))
                .map(Grain::of)
                .toList();
    }

    public byte[] caught(Capture capture) {
        return capture.of(photo, face);
    }

    /** The room without the person. */
    public byte[] emptyRoom() {
        return caught(Capture.WEBCAM.withFaceHeight(0.5).withShiftX(2));
    }

    /**
     * A clip of somebody who blinks twice, comes closer, and goes back, every four seconds, and all the while tilts the head
     * under a restless light, never the same way, so that no part of the clip is like another. It answers a script of a blink and an approach at
     * any time, and no other.
     *
     * @param seed of what is restless; clips of the same seed are the same
     */
    public List<byte[]> acting(int seconds, long seed) {
        BufferedImage open = image();
        BufferedImage shut = new Eyelids(open, landmarks).closed();
        // What is drawn of the face in focus, and no larger than it is drawn: each frame reads it again.
        Region around = face.scaled(1 + 2 * AROUND);
        double scale = Math.min(1, 0.8 * ACTING.height() / face.height());
        Region small = new Region(
                scale * (face.x() - around.x()),
                scale * (face.y() - around.y()),
                scale * face.width(),
                scale * face.height());
        List<byte[]> lit = new ArrayList<>();
        for (int side = -1; side <= 1; side++) {
            lit.add(fromTheSide(cut(open, around, scale), small, side));
            lit.add(fromTheSide(cut(shut, around, scale), small, side));
        }
        Random random = new Random(seed);
        int tilt = 0;
        int light = 0;
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < seconds * FRAMES_A_SECOND; i++) {
            int t = i % PERIOD;
            double near = t < 24 ? 0 : t < 29 ? (t - 23) / 6.0 : t < 34 ? 1 : (39 - t) / 6.0;
            boolean blinks = (t >= 4 && t < 8) || (t >= 12 && t < 16);
            if (i % HELD == 0) {
                tilt = random.nextInt(-3, 4) * 4;
                light = (light + random.nextInt(1, 3)) % 3;
            }
            frames.add(ACTING.withFaceHeight(0.4 + 0.14 * near)
                    .withDegrees(tilt)
                    // No camera gives the same picture twice, to the byte.
                    .withShiftX(0.01 * random.nextDouble())
                    .of(lit.get(2 * light + (blinks ? 1 : 0)), small));
        }
        return frames;
    }

    private static BufferedImage cut(BufferedImage image, Region part, double scale) {
        BufferedImage out = new BufferedImage(
                (int) (scale * part.width()), (int) (scale * part.height()), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.scale(scale, scale);
        g.translate(-part.x(), -part.y());
        g.drawImage(image, 0, 0, null);
        g.dispose();
        return out;
    }

    /** @param from −1 for the left, 1 for the right, 0 for the light as it was */
    private static byte[] fromTheSide(BufferedImage image, Region face, int from) {
        BufferedImage out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            double light = 1 + 0.3 * from * Math.clamp(2 * (x - face.centreX()) / face.width(), -1, 1);
            for (int y = 0; y < image.getHeight(); y++) {
                int before = image.getRGB(x, y);
                int after = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    after |= (int) Math.min(255, light * (before >> shift & 0xFF)) << shift;
                }
                out.setRGB(x, y, after);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            // Read again for every frame: without compression that is quick.
            ImageIO.write(out, "bmp", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private BufferedImage image() {
        try {
            return ImageIO.read(new ByteArrayInputStream(photo));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] inTheDark() {
        return Capture.WEBCAM.withGain(0.02).of(photo, face);
    }

    byte[] blurred() {
        return Capture.WEBCAM.withBlur(14).of(photo, face);
    }
}
