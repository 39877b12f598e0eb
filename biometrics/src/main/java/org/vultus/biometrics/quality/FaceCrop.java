package org.vultus.biometrics.quality;

import java.util.Arrays;
import org.vultus.biometrics.detect.Landmarks;
import org.vultus.biometrics.detect.Point;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.Resampling;
import org.vultus.biometrics.image.RgbImage;

/**
 * The luminance of the middle of a face, from the brows to the chin, at the scale at which extractors see it: whatever the
 * size of the photo, light and sharpness are measured on these {@value #SIZE} × {@value #SIZE} pixels. Closing it wipes them.
 *
 * <p>Pixels outside the photo are not measured.
 */
final class FaceCrop implements AutoCloseable {
    /** The ArcFace template holds the eyes 35 pixels apart; {@link #SPAN} times that. */
    static final int SIZE = 80;

    /** The side of the crop in units of the distance between the eyes, or from eyes to mouth if that is longer. */
    private static final double SPAN = 2.2;

    /** Luminance is kept in sixteenths of a grey level, so that smoothing does not round away the fine bands. */
    private static final int UNIT = 16;

    /** What is this near to the border of the crop is smoothed with its repeated edge and not counted. */
    private static final int MARGIN = 4;

    private static final int CLIPPED_DARK = 12;
    private static final int CLIPPED_BRIGHT = 250;

    private final int[] grey = new int[SIZE * SIZE];
    private final int[] histogram = new int[256];
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final Point eyes;
    private final Point mouth;

    FaceCrop(RgbImage image, Landmarks landmarks) {
        Point eyesInImage = landmarks.mean(36, 47);
        Point mouthInImage = landmarks.mean(48, 67);
        double unit = Math.max(1, Math.max(landmarks.interEyeDistance(), eyesInImage.distance(mouthInImage)));
        double side = SPAN * unit;
        Region region = new Region(
                (eyesInImage.x() + mouthInImage.x() - side) / 2,
                (eyesInImage.y() + mouthInImage.y() - side) / 2,
                side,
                side);
        double scale = SIZE / side;
        left = (int) Math.clamp(Math.ceil(-region.x() * scale), 0, SIZE);
        top = (int) Math.clamp(Math.ceil(-region.y() * scale), 0, SIZE);
        right = (int) Math.clamp(Math.floor((image.width() - region.x()) * scale), 0, SIZE);
        bottom = (int) Math.clamp(Math.floor((image.height() - region.y()) * scale), 0, SIZE);
        eyes = new Point((eyesInImage.x() - region.x()) * scale, (eyesInImage.y() - region.y()) * scale);
        mouth = new Point((mouthInImage.x() - region.x()) * scale, (mouthInImage.y() - region.y()) * scale);
        try (RgbImage crop = Resampling.crop(image, region, SIZE, SIZE)) {
            byte[] rgb = crop.rgb();
            for (int i = 0; i < grey.length; i++) {
                // ITU-R BT.601 luma
                grey[i] =
                        (77 * (rgb[3 * i] & 0xFF) + 150 * (rgb[3 * i + 1] & 0xFF) + 29 * (rgb[3 * i + 2] & 0xFF)) >> 4;
            }
        }
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                histogram[grey[y * SIZE + x] / UNIT]++;
            }
        }
    }

    /** Whether too little of the crop lies inside the photo to measure anything. */
    boolean isEmpty() {
        return right - left < SIZE / 4 || bottom - top < SIZE / 4;
    }

    private int pixels() {
        return (right - left) * (bottom - top);
    }

    /** 0–255. */
    double meanLuminance() {
        long sum = 0;
        for (int v = 0; v < 256; v++) {
            sum += (long) v * histogram[v];
        }
        return (double) sum / pixels();
    }

    /** The share of pixels too dark to show anything, 0–1. */
    double clippedDark() {
        return share(0, CLIPPED_DARK);
    }

    /** The share of blown-out pixels, 0–1. */
    double clippedBright() {
        return share(CLIPPED_BRIGHT, 255);
    }

    private double share(int from, int to) {
        int n = 0;
        for (int v = from; v <= to; v++) {
            n += histogram[v];
        }
        return (double) n / pixels();
    }

    /** The luminance that nineteen in twenty pixels stay below, less the one that nineteen in twenty exceed; 0–255. */
    int luminanceRange() {
        return quantile(0.95) - quantile(0.05);
    }

    private int quantile(double q) {
        int n = 0;
        for (int v = 0; v < 256; v++) {
            n += histogram[v];
            if (n >= q * pixels()) {
                return v;
            }
        }
        return 255;
    }

    /**
     * The mean luminance of the darker half of the face over that of the brighter one, 0–1, between brows and mouth on both
     * sides of the line from the eyes to the mouth.
     */
    double balance() {
        double reach = 0.3 * SIZE;
        long[] sum = new long[2];
        int[] n = new int[2];
        double slope = (mouth.x() - eyes.x()) / (mouth.y() - eyes.y());
        if (!(Math.abs(slope) < 1)) {
            slope = 0;
        }
        int from = Math.max(top, (int) (0.2 * SIZE));
        int to = Math.min(bottom, (int) (0.8 * SIZE));
        for (int y = from; y < to; y++) {
            double middle = eyes.x() + slope * (y + 0.5 - eyes.y());
            for (int x = Math.max(left, (int) (middle - reach)); x < Math.min(right, middle + reach); x++) {
                int half = x + 0.5 < middle ? 0 : 1;
                sum[half] += grey[y * SIZE + x];
                n[half]++;
            }
        }
        double a = (sum[0] + 1.0) / (n[0] + 1);
        double b = (sum[1] + 1.0) / (n[1] + 1);
        return Math.min(a, b) / Math.max(a, b);
    }

    /**
     * How much detail there is near the limit of resolution, compared with the coarse features of the same face: the standard
     * deviation of the band between a sigma of 1 and of 2.2 pixels over the next one, to 4.6. Images of the world hold about as much in
     * each octave (Field, 1987), and a blurred one lacks the fine ones; neither light nor contrast changes the ratio. The
     * finest band, where sensor noise is, is left out.
     */
    double sharpness() {
        int[] fine = smooth(grey, 1);
        int[] middle = smooth(fine, 2);
        int[] coarse = smooth(middle, 4);
        double sharpness = deviation(fine, middle) / (deviation(middle, coarse) + 1);
        Arrays.fill(fine, 0);
        Arrays.fill(middle, 0);
        Arrays.fill(coarse, 0);
        return sharpness;
    }

    private double deviation(int[] a, int[] b) {
        long square = 0;
        int n = 0;
        for (int y = top + MARGIN; y < bottom - MARGIN; y++) {
            for (int x = left + MARGIN; x < right - MARGIN; x++) {
                int d = a[y * SIZE + x] - b[y * SIZE + x];
                square += (long) d * d;
                n++;
            }
        }
        return n == 0 ? 0 : Math.sqrt((double) square / n) / UNIT;
    }

    /** The binomial filter 1 4 6 4 1 along both axes, its taps {@code step} pixels apart; the edge is repeated. */
    private static int[] smooth(int[] from, int step) {
        int[] rows = new int[from.length];
        int[] to = new int[from.length];
        for (int y = 0; y < SIZE; y++) {
            int a = SIZE * Math.max(0, y - 2 * step);
            int b = SIZE * Math.max(0, y - step);
            int c = SIZE * y;
            int d = SIZE * Math.min(SIZE - 1, y + step);
            int e = SIZE * Math.min(SIZE - 1, y + 2 * step);
            for (int x = 0; x < SIZE; x++) {
                rows[c + x] =
                        (from[a + x] + 4 * from[b + x] + 6 * from[c + x] + 4 * from[d + x] + from[e + x] + 8) >> 4;
            }
        }
        for (int y = 0; y < SIZE; y++) {
            int row = SIZE * y;
            for (int x = 0; x < 2 * step; x++) {
                to[row + x] = smoothAt(rows, row, x, step);
                to[row + SIZE - 1 - x] = smoothAt(rows, row, SIZE - 1 - x, step);
            }
            for (int x = row + 2 * step; x < row + SIZE - 2 * step; x++) {
                to[x] = (rows[x - 2 * step]
                                + 4 * rows[x - step]
                                + 6 * rows[x]
                                + 4 * rows[x + step]
                                + rows[x + 2 * step]
                                + 8)
                        >> 4;
            }
        }
        Arrays.fill(rows, 0);
        return to;
    }

    private static int smoothAt(int[] rows, int row, int x, int step) {
        int last = SIZE - 1;
        return (rows[row + Math.max(0, x - 2 * step)]
                        + 4 * rows[row + Math.max(0, x - step)]
                        + 6 * rows[row + x]
                        + 4 * rows[row + Math.min(last, x + step)]
                        + rows[row + Math.min(last, x + 2 * step)]
                        + 8)
                >> 4;
    }

    @Override
    public void close() {
        Arrays.fill(grey, 0);
        Arrays.fill(histogram, 0);
    }
}
