package org.vultus.biometrics.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * From the planes of a video's picture to upright RGB (ITU-R BT.601-7, 2.5.1, and 2.5.4 for the limited range), with 16-bit
 * fractions; chroma is repeated, not interpolated, as libyuv and browsers do. Differs from exact arithmetic by at most one level.
 */
final class VideoPlanes {
    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Luma weights of red and blue (BT.601-7, 2.5.1). */
    private static final double KR = 0.299;

    private static final double KB = 0.114;

    private VideoPlanes() {}

    /** @param planes as {@link VideoPicture} says */
    static RgbImage toRgb(byte[] planes, VideoPicture picture) {
        boolean limited = picture.range() == VideoPicture.Range.LIMITED;
        int black = limited ? 16 : 0;
        double chromaScale = limited ? 255.0 / 224 : 1;
        int luma = fixed(limited ? 255.0 / 219 : 1);
        int redOfCr = fixed(2 * (1 - KR) * chromaScale);
        int blueOfCb = fixed(2 * (1 - KB) * chromaScale);
        int greenOfCr = fixed(-2 * (1 - KR) * KR / (1 - KR - KB) * chromaScale);
        int greenOfCb = fixed(-2 * (1 - KB) * KB / (1 - KR - KB) * chromaScale);

        int width = picture.width();
        int chromaWidth = picture.chromaWidth();
        int cbPlane = width * picture.height();
        int crPlane = cbPlane + chromaWidth * picture.chromaHeight();
        UprightPixels target = new UprightPixels(width, picture.height(), picture.orientation());
        boolean direct = target.asStored();
        byte[] row = direct ? target.buffer() : new byte[3 * width];
        // Loops over plain arrays of int, which the compiler turns into vector instructions by itself.
        int[] bright = new int[width];
        int[] redOf = new int[width + 1];
        int[] greenOf = new int[width + 1];
        int[] blueOf = new int[width + 1];
        int[] pixels = new int[width];
        for (int y = 0; y < picture.height(); y++) {
            if (y % 2 == 0) {
                int chroma = y / 2 * chromaWidth;
                for (int x = 0; x < chromaWidth; x++) {
                    int cb = (planes[cbPlane + chroma + x] & 0xFF) - 128;
                    int cr = (planes[crPlane + chroma + x] & 0xFF) - 128;
                    redOf[2 * x] = redOf[2 * x + 1] = redOfCr * cr + HALF;
                    greenOf[2 * x] = greenOf[2 * x + 1] = greenOfCb * cb + greenOfCr * cr + HALF;
                    blueOf[2 * x] = blueOf[2 * x + 1] = blueOfCb * cb + HALF;
                }
            }
            int start = y * width;
            for (int x = 0; x < width; x++) {
                bright[x] = ((planes[start + x] & 0xFF) - black) * luma;
            }
            for (int x = 0; x < width; x++) {
                int red = Math.min(Math.max((bright[x] + redOf[x]) >> SHIFT, 0), 255);
                int green = Math.min(Math.max((bright[x] + greenOf[x]) >> SHIFT, 0), 255);
                int blue = Math.min(Math.max((bright[x] + blueOf[x]) >> SHIFT, 0), 255);
                pixels[x] = red | green << 8 | blue << 16;
            }
            write(pixels, row, direct ? 3 * start : 0);
            if (!direct) {
                target.row(y, row);
            }
        }
        Arrays.fill(bright, 0);
        Arrays.fill(pixels, 0);
        if (!direct) {
            Arrays.fill(row, (byte) 0);
        }
        return target.image();
    }

    /** Four bytes at a time, of which the next pixel replaces the last; only the last pixel is written byte by byte. */
    private static void write(int[] pixels, byte[] row, int start) {
        int last = pixels.length - 1;
        int at = start;
        for (int x = 0; x < last; x++, at += 3) {
            FOUR_BYTES.set(row, at, pixels[x]);
        }
        row[at] = (byte) pixels[last];
        row[at + 1] = (byte) (pixels[last] >> 8);
        row[at + 2] = (byte) (pixels[last] >> 16);
    }

    private static int fixed(double factor) {
        return (int) Math.round(factor * (1 << SHIFT));
    }
}
