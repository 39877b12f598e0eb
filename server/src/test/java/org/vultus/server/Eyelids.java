package org.vultus.server;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;

/** Closes the eyes of somebody in a photo: the skin above each eye is drawn down over it, and ends in a dark line of lashes. */
final class Eyelids {
    private static final int[][] UPPER = {{36, 37, 38, 39}, {42, 43, 44, 45}};
    private static final int[][] LOWER = {{36, 41, 40, 39}, {42, 47, 46, 45}};
    private static final int[][] BROW = {{17, 19, 20, 21}, {22, 23, 24, 26}};

    private final BufferedImage photo;
    private final Landmarks landmarks;

    Eyelids(BufferedImage photo, Landmarks landmarks) {
        this.photo = photo;
        this.landmarks = landmarks;
    }

    BufferedImage closed() {
        BufferedImage out = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
        out.createGraphics().drawImage(photo, 0, 0, null);
        for (int eye = 0; eye < 2; eye++) {
            close(out, line(UPPER[eye]), line(LOWER[eye]), line(BROW[eye]));
        }
        return out;
    }

    private void close(BufferedImage out, Point[] upper, Point[] lower, Point[] brow) {
        double from = upper[0].x();
        double to = upper[3].x();
        double margin = 0.12 * (to - from);
        double height = Math.max(lower[1].y() - upper[1].y(), lower[2].y() - upper[2].y());
        for (int x = (int) (from - margin); x <= to + margin; x++) {
            double inside = Math.clamp(x, from, to);
            double taper = 1 - Math.abs(x - inside) / margin;
            double along = (inside - from) / (to - from);
            double pad = 0.25 * height * Math.sin(Math.PI * (0.1 + 0.8 * along)) * taper;
            double top = at(upper, inside) - pad;
            double bottom = at(lower, inside) + 0.9 * pad;
            double begin = top - 0.55 * Math.max(2, top - at(brow, inside));
            if (bottom - begin >= 1 && top - begin >= 0.5) {
                for (int y = (int) Math.ceil(begin); y <= bottom; y++) {
                    int skin = between(x, begin + (y - begin) * (top - begin) / (bottom - begin));
                    out.setRGB(x, y, bottom - y < Math.max(1, 0.14 * height) ? darker(skin) : skin);
                }
            }
        }
    }

    private Point[] line(int... points) {
        return Arrays.stream(points).mapToObj(landmarks::point).toArray(Point[]::new);
    }

    private static double at(Point[] line, double x) {
        for (int i = 1; i < line.length; i++) {
            if (x <= line[i].x()) {
                double share = (x - line[i - 1].x()) / (line[i].x() - line[i - 1].x());
                return line[i - 1].y() + share * (line[i].y() - line[i - 1].y());
            }
        }
        return line[line.length - 1].y();
    }

    private int between(int x, double y) {
        int row = (int) Math.floor(y);
        int above = photo.getRGB(x, row);
        int below = photo.getRGB(x, row + 1);
        int rgb = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double value = (above >> shift & 0xFF) * (1 - (y - row)) + (below >> shift & 0xFF) * (y - row);
            rgb |= (int) Math.round(value) << shift;
        }
        return rgb;
    }

    private static int darker(int rgb) {
        int out = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            out |= (int) (0.55 * (rgb >> shift & 0xFF)) << shift;
        }
        return out;
    }
}
