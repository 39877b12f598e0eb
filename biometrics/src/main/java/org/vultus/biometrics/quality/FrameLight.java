package org.vultus.biometrics.quality;

import java.util.Optional;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;

/** Tells whether a frame in which no face was found is too dark or too bright to show one. Stateless. */
public final class FrameLight {

    /** Below this mean of 0–255 the default detector no longer finds faces that it finds in better light. */
    private static final double DARK = 25;

    /** Above this mean nearly all of the frame is clipped. */
    private static final double BRIGHT = 240;

    /** A mean needs no more than some thousands of pixels. */
    private static final int SAMPLES = 4096;

    private FrameLight() {}

    /** {@code TOO_DARK} or {@code TOO_BRIGHT}; empty where light is not what is wrong. */
    public static Optional<Refusal> problem(RgbImage image) {
        byte[] rgb = image.rgb();
        int step = 3 * Math.max(1, rgb.length / 3 / SAMPLES);
        long sum = 0;
        int count = 0;
        for (int i = 0; i < rgb.length; i += step) {
            sum += (rgb[i] & 0xFF) + (rgb[i + 1] & 0xFF) + (rgb[i + 2] & 0xFF);
            count += 3;
        }
        double mean = (double) sum / count;
        if (mean < DARK) {
            return Optional.of(new Refusal(Reason.TOO_DARK, "no face was found, and the picture is nearly black"));
        }
        if (mean > BRIGHT) {
            return Optional.of(new Refusal(Reason.TOO_BRIGHT, "no face was found, and the picture is nearly white"));
        }
        return Optional.empty();
    }
}
