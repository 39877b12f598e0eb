package org.vultus.testkit;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.vultus.biometrics.image.Region;

/**
 * How a camera might have caught one face of a photo: for tests that need many captures of one person but have one picture.
 *
 * @param width of the frame in pixels
 * @param height of the frame in pixels
 * @param faceHeight the height of the face box as a share of the frame's height
 * @param shiftX the face's offset from the middle as a share of the frame's width
 * @param degrees clockwise rotation about the face's centre
 * @param gain factor on every pixel value; 1 leaves the light as it was
 * @param blur radius of a box blur in pixels of the frame; 0 leaves it sharp
 */
public record Capture(int width, int height, double faceHeight, double shiftX, double degrees, double gain, int blur) {

    /** Of the background across and down, about as large as a third of the face. */
    private static final int CELLS = 12;

    /** Of the photo across and down, that make the colour of a cell. */
    private static final int SAMPLES = 8;

    /** A frame of a webcam, the face two fifths of its height. */
    public static final Capture WEBCAM = new Capture(1280, 720, 0.4, 0, 0, 1, 0);

    public Capture withFaceHeight(double share) {
        return new Capture(width, height, share, shiftX, degrees, gain, blur);
    }

    public Capture withShiftX(double share) {
        return new Capture(width, height, faceHeight, share, degrees, gain, blur);
    }

    public Capture withDegrees(double clockwise) {
        return new Capture(width, height, faceHeight, shiftX, clockwise, gain, blur);
    }

    public Capture withGain(double factor) {
        return new Capture(width, height, faceHeight, shiftX, degrees, factor, blur);
    }

    public Capture withBlur(int radius) {
        return new Capture(width, height, faceHeight, shiftX, degrees, gain, radius);
    }

    /**
     * The frame as a JPEG. Whatever surrounds the face in the photo is kept, as far as it falls into the frame. What lies further
     * than {@code 0.85} face heights from the face's centre is far out of focus: people might stand there. A face cut out on a plain
     * ground would look like an attack, and be one.
     *
     * @param photo an encoded photo
     * @param face the box of the face in it
     */
    public byte[] of(byte[] photo, Region face) {
        BufferedImage source = read(photo);
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double scale = faceHeight * height / face.height();
        AffineTransform toFrame = new AffineTransform();
        toFrame.translate(width * (0.5 + shiftX), height / 2.0);
        toFrame.rotate(Math.toRadians(degrees));
        toFrame.scale(scale, scale);
        toFrame.translate(-face.centreX(), -face.centreY());
        Graphics2D g = frame.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        drawOutOfFocus(g, source, toFrame);
        double reach = 0.85 * face.height();
        g.transform(toFrame);
        g.clip(new Ellipse2D.Double(face.centreX() - reach, face.centreY() - reach, 2 * reach, 2 * reach));
        g.drawImage(source, 0, 0, null);
        g.dispose();
        return jpeg(blurred(lit(frame)));
    }

    /** What the camera sees of the photo in a handful of cells, smoothed; the photo's border goes on beyond it. */
    private void drawOutOfFocus(Graphics2D g, BufferedImage photo, AffineTransform toFrame) {
        BufferedImage coarse = new BufferedImage(CELLS, CELLS, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                coarse.setRGB(column, row, mean(photo, toFrame, column, row));
            }
        }
        g.drawImage(coarse, 0, 0, width, height, null);
    }

    private int mean(BufferedImage photo, AffineTransform toFrame, int column, int row) {
        int[] sums = new int[3];
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            int across = i % SAMPLES;
            int down = i / SAMPLES;
            Point2D at = new Point2D.Double(
                    (column + (across + 0.5) / SAMPLES) * width / CELLS,
                    (row + (down + 0.5) / SAMPLES) * height / CELLS);
            try {
                toFrame.inverseTransform(at, at);
            } catch (NoninvertibleTransformException e) {
                throw new IllegalStateException(e);
            }
            int rgb = photo.getRGB((int) Math.clamp(at.getX(), 0, photo.getWidth() - 1), (int)
                    Math.clamp(at.getY(), 0, photo.getHeight() - 1));
            for (int c = 0; c < 3; c++) {
                sums[c] += rgb >> 16 - 8 * c & 0xFF;
            }
        }
        int samples = SAMPLES * SAMPLES;
        return sums[0] / samples << 16 | sums[1] / samples << 8 | sums[2] / samples;
    }

    private BufferedImage lit(BufferedImage frame) {
        if (gain == 1) {
            return frame;
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = frame.getRGB(x, y);
                frame.setRGB(x, y, lit(rgb >> 16) << 16 | lit(rgb >> 8) << 8 | lit(rgb));
            }
        }
        return frame;
    }

    private int lit(int channel) {
        return (int) Math.min(255, Math.round((channel & 0xFF) * gain));
    }

    private BufferedImage blurred(BufferedImage frame) {
        if (blur == 0) {
            return frame;
        }
        int n = 2 * blur + 1;
        float[] row = new float[n];
        Arrays.fill(row, 1f / n);
        BufferedImage across = new ConvolveOp(new Kernel(n, 1, row), ConvolveOp.EDGE_NO_OP, null).filter(frame, null);
        return new ConvolveOp(new Kernel(1, n, row), ConvolveOp.EDGE_NO_OP, null).filter(across, null);
    }

    private static BufferedImage read(byte[] photo) {
        try {
            return ImageIO.read(new ByteArrayInputStream(photo));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(0.92f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
