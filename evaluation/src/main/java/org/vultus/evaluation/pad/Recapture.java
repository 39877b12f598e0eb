package org.vultus.evaluation.pad;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/**
 * Makes an attack out of a frame of a live person, as a variety that folders of attacks do not have: the face on a screen or a
 * print that is held before the camera. Imitates the edge of the device or the paper, its tilt, the raster of a screen, the
 * dots of a print, a reflection, and the shift of contrast and colour. It is no substitute for attacks at a real camera.
 */
final class Recapture {

    private Recapture() {}

    /**
     * @param live the frame whose face is shown again
     * @param face the box of the face in it
     * @param scene the frame that the device is held into; may be {@code live} itself
     */
    static RgbImage of(RgbImage live, Region face, RgbImage scene, RandomGenerator random) {
        boolean print = random.nextInt(3) == 0;
        BufferedImage shown = shown(live, face, print, random);
        BufferedImage frame = image(scene);
        int width = frame.getWidth();
        int height = frame.getHeight();
        double scale = height * (0.55 + 0.6 * random.nextDouble()) / shown.getHeight();
        Graphics2D g = frame.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        // A screen outshines the room, and cameras expose for it.
        g.setColor(new Color(0, 0, 0, print ? 0 : random.nextInt(160)));
        g.fillRect(0, 0, width, height);
        AffineTransform held = new AffineTransform();
        held.translate(
                width * (0.5 + 0.24 * (random.nextDouble() - 0.5)), height * (0.5 + 0.2 * (random.nextDouble() - 0.5)));
        held.rotate(0.15 * random.nextGaussian());
        held.shear(0.06 * random.nextGaussian(), 0.06 * random.nextGaussian());
        held.scale(scale, scale);
        held.translate(-shown.getWidth() / 2.0, -shown.getHeight() / 2.0);
        g.transform(held);
        double edge = shown.getHeight() * (0.01 + 0.05 * random.nextDouble());
        int tone = print ? 200 + random.nextInt(56) : random.nextInt(40);
        g.setColor(new Color(tone, tone, tone));
        g.fill(new RoundRectangle2D.Double(
                -edge, -edge, shown.getWidth() + 2 * edge, shown.getHeight() + 2 * edge, 3 * edge, 3 * edge));
        g.drawImage(shown, 0, 0, null);
        if (!print && random.nextInt(2) == 0) {
            g.setColor(new Color(255, 255, 255, 20 + random.nextInt(60)));
            g.setStroke(new BasicStroke((float) (shown.getWidth() * (0.05 + 0.3 * random.nextDouble()))));
            g.clip(new Rectangle2D.Double(0, 0, shown.getWidth(), shown.getHeight()));
            int x = random.nextInt(shown.getWidth());
            g.drawLine(x, 0, x + random.nextInt(shown.getWidth()) - shown.getWidth() / 2, shown.getHeight());
        }
        g.dispose();
        return pixels(frame);
    }

    /** What is on the screen or the paper: the face with some of what surrounds it. */
    private static BufferedImage shown(RgbImage live, Region face, boolean print, RandomGenerator random) {
        double aspect = 0.5 + 0.9 * random.nextDouble();
        double height = Math.min(live.height(), face.height() * (1.4 + 2.2 * random.nextDouble()));
        double width = Math.min(live.width(), height * aspect);
        int x = (int) Math.clamp(face.centreX() - width / 2, 0, live.width() - width);
        int y = (int) Math.clamp(face.centreY() - height / 2, 0, live.height() - height);
        int w = Math.max(1, (int) width);
        int h = Math.max(1, (int) height);
        BufferedImage shown = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        double gain = 0.7 + 0.7 * random.nextDouble();
        double gamma = 0.7 + 0.6 * random.nextDouble();
        double lift = print ? 30 * random.nextDouble() : 12 * random.nextDouble();
        double[] tint = {1 + 0.08 * random.nextGaussian(), 1, 1 + (print ? 0.05 : 0.1) * random.nextGaussian()};
        double period = 2 + 5 * random.nextDouble();
        double angle = Math.PI * random.nextDouble();
        double depth = random.nextInt(2) == 0 ? 0 : 0.02 + 0.08 * random.nextDouble();
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                double along = column * Math.cos(angle) + row * Math.sin(angle);
                double across = row * Math.cos(angle) - column * Math.sin(angle);
                double raster =
                        Math.sin(2 * Math.PI * along / period) * (print ? Math.sin(2 * Math.PI * across / period) : 1);
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    double value = live.at(x + column, y + row, c) / 255.0;
                    double seen = lift + 255 * gain * tint[c] * Math.pow(value, gamma) * (1 + depth * raster);
                    rgb = rgb << 8 | (int) Math.clamp(Math.round(seen), 0, 255);
                }
                shown.setRGB(column, row, rgb);
            }
        }
        return shown;
    }

    static BufferedImage image(RgbImage pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.at(x, y, 0) << 16 | pixels.at(x, y, 1) << 8 | pixels.at(x, y, 2));
            }
        }
        return image;
    }

    static RgbImage pixels(BufferedImage image) {
        RgbImage pixels = new RgbImage(image.getWidth(), image.getHeight());
        byte[] rgb = pixels.rgb();
        for (int y = 0, i = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y);
                rgb[i++] = (byte) (colour >> 16);
                rgb[i++] = (byte) (colour >> 8);
                rgb[i++] = (byte) colour;
            }
        }
        return pixels;
    }
}
