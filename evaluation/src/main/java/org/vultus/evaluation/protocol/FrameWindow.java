package org.vultus.evaluation.protocol;

import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;

/** What a camera that is closer, or zoomed in, would have seen of a frame. */
public final class FrameWindow {

    /** A share of the frame at which hardly any attack still shows the edge of its device. */
    public static final double CLOSE = 0.55;

    private FrameWindow() {}

    /** The part of a frame around a face, {@code share} times as wide and high, moved inside the frame. */
    public static Region around(RgbImage image, Region face, double share) {
        double width = Math.max(1, Math.rint(image.width() * share));
        double height = Math.max(1, Math.rint(image.height() * share));
        return new Region(
                Math.rint(Math.clamp(face.centreX() - width / 2, 0, image.width() - width)),
                Math.rint(Math.clamp(face.centreY() - height / 2, 0, image.height() - height)),
                width,
                height);
    }

    /** A window of whole pixels, as if the camera had seen no more. */
    public static RgbImage cut(RgbImage image, Region window) {
        int x = (int) window.x();
        int y = (int) window.y();
        RgbImage cut = new RgbImage((int) window.width(), (int) window.height());
        for (int row = 0; row < cut.height(); row++) {
            System.arraycopy(
                    image.rgb(),
                    3 * ((y + row) * image.width() + x),
                    cut.rgb(),
                    3 * row * cut.width(),
                    3 * cut.width());
        }
        return cut;
    }
}
