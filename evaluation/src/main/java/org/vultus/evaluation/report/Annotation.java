package org.vultus.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.pipeline.AssessedFace;
import org.vultus.biometrics.quality.HeadPose;

/** Draws boxes, landmarks, the direction of the face and its quality on a photo, for people to check by eye. */
public final class Annotation {

    private Annotation() {}

    public static BufferedImage draw(RgbImage pixels, List<AssessedFace> faces) {
        BufferedImage picture = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                picture.setRGB(x, y, pixels.at(x, y, 0) << 16 | pixels.at(x, y, 1) << 8 | pixels.at(x, y, 2));
            }
        }
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        faces.forEach(face -> draw(g, face));
        g.dispose();
        return picture;
    }

    private static void draw(Graphics2D g, AssessedFace face) {
        Region box = face.face().box();
        float line = (float) Math.max(1, box.height() / 100);
        g.setStroke(new BasicStroke(line));
        g.setColor(face.quality().advice().isEmpty() ? new Color(0x33CC66) : new Color(0xFFAA00));
        g.draw(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        int text = (int) Math.max(12, box.height() / 10);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, text));
        String advice = face.quality().advice().stream().map(Advice::name).collect(Collectors.joining(", "));
        g.drawString(("quality " + face.quality().unified() + "  " + advice).strip(), (float) box.x(), (float)
                Math.max(text, box.y() - 2 * line));

        g.setColor(Color.CYAN);
        for (Point p : face.landmarks().points()) {
            g.fill(new Ellipse2D.Double(p.x() - line, p.y() - line, 2 * line, 2 * line));
        }
        axes(g, face.landmarks().point(30), face.pose(), box.height() / 2);
    }

    /** The head's own axes as a camera far away sees them: red to the right of the picture, green up, blue out of the face. */
    private static void axes(Graphics2D g, Point nose, HeadPose pose, double length) {
        double yaw = Math.toRadians(pose.yaw());
        double pitch = Math.toRadians(pose.pitch());
        double roll = Math.toRadians(pose.roll());
        g.setStroke(new BasicStroke((float) Math.max(2, length / 25)));
        axis(g, nose, roll, length, Color.RED, Math.cos(yaw), Math.sin(yaw) * Math.sin(pitch));
        axis(g, nose, roll, length, Color.GREEN, 0, -Math.cos(pitch));
        axis(g, nose, roll, length, Color.BLUE, Math.sin(yaw), -Math.cos(yaw) * Math.sin(pitch));
    }

    /** An axis of which x and y are what is seen of it when the head is upright. */
    private static void axis(Graphics2D g, Point from, double roll, double length, Color color, double x, double y) {
        g.setColor(color);
        g.draw(new Line2D.Double(
                from.x(),
                from.y(),
                from.x() + length * (x * Math.cos(roll) - y * Math.sin(roll)),
                from.y() + length * (x * Math.sin(roll) + y * Math.cos(roll))));
    }
}
