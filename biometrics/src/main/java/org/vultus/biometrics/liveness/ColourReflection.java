package org.vultus.biometrics.liveness;

import java.util.List;

/**
 * Whether the skin followed a sequence of colours that the display showed: the chroma of the skin, frame by frame, against that of
 * the display at the delay where both agree best (after Tang et al., "Face Flashing", 2018, by chroma instead of gradients).
 *
 * @param agreement correlation, −1 to 1, at the best delay
 * @param delay from the display's change to the camera's, with network and camera, in milliseconds
 * @param skin root mean square of what the skin's chroma answered, in shares of all light
 * @param background the same of what is beside the head, at the same delay
 */
public record ColourReflection(double agreement, long delay, double skin, double background) {
    /** Displays, cameras, encoders and networks together; beyond, the answer would not be to this sequence. */
    private static final long LONGEST_DELAY_MS = 800;

    private static final long DELAY_STEP_MS = 40;

    /** Of 500 sequences with noise twice the answer's size 1 % agreed by more (chosen with the test of this class). */
    private static final double AGREES = 0.6;

    /** Half a grey level of 128 in one channel: what a display at arm's length gives in a dim room, several times over. */
    private static final double VISIBLE = 0.0015;

    /** A face is nearer to the display than the room behind it; a flat picture that fills the frame is not. */
    private static final double NEARER = 1.2;

    private static final int FEWEST_FRAMES = 8;

    static final ColourReflection NONE = new ColourReflection(0, 0, 0, 0);

    /**
     * @param frames those since the first colour, in order
     * @param began when the client was told to begin, on the clock of the frames
     * @param each how long each colour is shown, in milliseconds
     */
    public static ColourReflection of(List<FaceObservation> frames, List<FlashColour> colours, long began, long each) {
        ColourReflection best = NONE;
        for (long delay = 0; delay <= LONGEST_DELAY_MS; delay += DELAY_STEP_MS) {
            ColourReflection one = at(frames, colours, began + delay, each, delay);
            if (one.agreement > best.agreement) {
                best = one;
            }
        }
        return best;
    }

    /** Whether that is a face before the display. */
    public boolean follows() {
        return agreement >= AGREES && skin >= VISIBLE && skin >= NEARER * background;
    }

    private static ColourReflection at(
            List<FaceObservation> frames, List<FlashColour> colours, long start, long each, long delay) {
        List<FaceObservation> lit = frames.stream()
                .filter(f -> f.at() >= start && f.at() < start + each * colours.size())
                .toList();
        if (lit.size() < FEWEST_FRAMES) {
            return NONE;
        }
        double cross = 0;
        double shown = 0;
        double answered = 0;
        double behind = 0;
        for (int channel = 0; channel < 3; channel++) {
            double[] display = new double[lit.size()];
            double[] skin = new double[lit.size()];
            double[] background = new double[lit.size()];
            for (int i = 0; i < lit.size(); i++) {
                FaceObservation frame = lit.get(i);
                display[i] = colours.get((int) ((frame.at() - start) / each)).chroma(channel);
                FrameColour c = frame.colour();
                skin[i] = share(channel, c.skinRed(), c.skinGreen(), c.skinBlue());
                background[i] = share(channel, c.backgroundRed(), c.backgroundGreen(), c.backgroundBlue());
            }
            centre(display);
            centre(skin);
            centre(background);
            cross += dot(display, skin);
            shown += dot(display, display);
            answered += dot(skin, skin);
            behind += Math.max(0, dot(display, background));
        }
        if (shown == 0 || answered == 0) {
            return NONE;
        }
        double unit = shown / Math.sqrt(shown / lit.size());
        return new ColourReflection(
                cross / Math.sqrt(shown * answered), delay, Math.max(0, cross) / unit, behind / unit);
    }

    private static double share(int channel, double red, double green, double blue) {
        double sum = red + green + blue;
        return sum <= 0 ? 0 : (channel == 0 ? red : channel == 1 ? green : blue) / sum;
    }

    private static void centre(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
