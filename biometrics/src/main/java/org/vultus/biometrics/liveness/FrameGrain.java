package org.vultus.biometrics.liveness;

import org.vultus.biometrics.image.RgbImage;

/**
 * Checksums of small tiles at both sides of a frame, where a webcam sees no face, to tell how much of the background is the very same in
 * the next frame: a sensor is never without noise, and a drawn or a held picture is. Compression takes noise away too, so that this is
 * recorded and decides nothing (docs/adr/0056-what-tells-of-a-camera.md). Immutable; no picture can be made of it.
 */
public final class FrameGrain {
    /** Nothing to compare with. */
    public static final FrameGrain NONE = new FrameGrain(0, 0, new int[0]);

    /** As JPEG and VP8 divide a picture. */
    private static final int TILE = 8;

    /** How many tiles are looked at on each side, across and down. */
    private static final int ACROSS = 8;

    private static final int DOWN = 24;

    /** How far the sides reach, as a share of the width. */
    private static final double SIDE = 0.2;

    private final int width;
    private final int height;
    private final int[] tiles;

    private FrameGrain(int width, int height, int[] tiles) {
        this.width = width;
        this.height = height;
        this.tiles = tiles;
    }

    static FrameGrain of(RgbImage image) {
        int columns = image.width() / TILE;
        int rows = image.height() / TILE;
        int side = (int) (SIDE * columns);
        if (side == 0 || rows == 0) {
            return NONE;
        }
        int[] tiles = new int[2 * ACROSS * DOWN];
        int at = 0;
        for (int row = 0; row < DOWN; row++) {
            for (int column = 0; column < ACROSS; column++) {
                int x = column * side / ACROSS;
                int y = row * rows / DOWN;
                tiles[at++] = checksum(image, TILE * x, TILE * y);
                tiles[at++] = checksum(image, TILE * (columns - 1 - x), TILE * y);
            }
        }
        return new FrameGrain(image.width(), image.height(), tiles);
    }

    private static int checksum(RgbImage image, int x, int y) {
        byte[] rgb = image.rgb();
        int sum = 1;
        for (int row = y; row < y + TILE; row++) {
            int from = 3 * (row * image.width() + x);
            for (int i = from; i < from + 3 * TILE; i++) {
                sum = 31 * sum + rgb[i];
            }
        }
        return sum;
    }

    /** Which share of the tiles is the very same as in that frame; NaN where the two cannot be compared. */
    public double sameAs(FrameGrain other) {
        if (tiles.length == 0 || width != other.width || height != other.height) {
            return Double.NaN;
        }
        int same = 0;
        for (int i = 0; i < tiles.length; i++) {
            same += tiles[i] == other.tiles[i] ? 1 : 0;
        }
        return (double) same / tiles.length;
    }

    @Override
    public String toString() {
        return "FrameGrain";
    }
}
