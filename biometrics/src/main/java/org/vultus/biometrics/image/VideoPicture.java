package org.vultus.biometrics.image;

/**
 * A decoded picture of a video as planes: luma, then the two chroma planes of half the width and height (rounded up), without
 * padding between rows; 8-bit Y′CbCr 4:2:0 after BT.601, as WebRTC carries it ("I420").
 *
 * @param width in pixels, before turning
 * @param range which numbers stand for black and white
 * @param turn degrees clockwise that make it upright: 0, 90, 180 or 270 (3GPP TS 26.114, 7.4.5)
 */
public record VideoPicture(int width, int height, Range range, int turn) {

    /** Which numbers stand for black and white (ITU-T H.273, VideoFullRangeFlag). */
    public enum Range {
        /** Black 16, white 235, chroma from 16 to 240. */
        LIMITED,
        /** Black 0, white 255. */
        FULL
    }

    public VideoPicture {
        if (width <= 0 || height <= 0 || (long) width * height > Integer.MAX_VALUE / 3) {
            throw new IllegalArgumentException("a picture of %d×%d".formatted(width, height));
        }
        if (turn < 0 || turn > 270 || turn % 90 != 0) {
            throw new IllegalArgumentException("turned by " + turn);
        }
    }

    /** Width of a chroma plane. */
    public int chromaWidth() {
        return (width + 1) / 2;
    }

    /** Height of a chroma plane. */
    public int chromaHeight() {
        return (height + 1) / 2;
    }

    /** What the three planes take. */
    public int bytes() {
        return width * height + 2 * chromaWidth() * chromaHeight();
    }

    /** The Exif orientation that says the same. */
    int orientation() {
        return switch (turn) {
            case 90 -> 6;
            case 180 -> 3;
            case 270 -> 8;
            default -> ExifOrientation.UPRIGHT;
        };
    }
}
