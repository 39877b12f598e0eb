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
import java.util.Locale;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.pipeline.AssessedFace;

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
        g.drawString(
                String.format(
                        Locale.ROOT,
                        "quality %d  %s",
                        face.quality().unified(),
                        face.quality().advice()),
                (float) box.x(),
                (float) Math.max(text, box.y() - 2 * line));

        g.setColor(Color.CYAN);
        for (Point p : face.landmarks().points()) {
            g.fill(new Ellipse2D.Double(p.x() - line, p.y() - line, 2 * line, 2 * line));
        }
        // The nose points where the face does: the axis towards the camera, turned by yaw and pitch.
        double length = box.height() / 2;
        Point nose = face.landmarks().point(30);
        g.setColor(Color.RED);
        g.setStroke(new BasicStroke(2 * line));
        g.draw(new Line2D.Double(
                nose.x(),
                nose.y(),
                nose.x() + length * Math.sin(Math.toRadians(face.pose().yaw())),
                nose.y() - length * Math.sin(Math.toRadians(face.pose().pitch()))));
    }
}
