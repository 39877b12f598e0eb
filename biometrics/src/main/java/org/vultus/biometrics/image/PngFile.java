package org.vultus.biometrics.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG file (W3C PNG, third edition), decoded row by row straight into the result: whatever the file claims, inflating
 * takes two rows of memory. Only IHDR, PLTE, tRNS, IDAT, IEND and eXIf are looked at, so compressed profiles and texts
 * (iCCP, zTXt, iTXt) are never inflated; of an animation the default image is read. Colour profiles and gamma are ignored.
 *
 * @param colour 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 * @param palette PLTE, R, G, B
 * @param transparency tRNS: palette alphas, or the one transparent sample value, 16 bits a channel
 * @param data the IDAT bodies in order
 */
record PngFile(
        long width,
        long height,
        int depth,
        int colour,
        boolean interlaced,
        Encoded palette,
        Encoded transparency,
        List<Encoded> data,
        int orientation)
        implements StoredImage {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";
    private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};

    /** Adam7: first column, first row, column step, row step. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    static boolean isOne(Encoded file) {
        return file.has(0, SIGNATURE);
    }

    static PngFile read(Encoded file, ImageLimits limits) throws RefusedImage {
        int at = SIGNATURE.length();
        Encoded header = chunk(file, at, "IHDR");
        if (header.length() != 13) {
            throw RefusedImage.corrupt("a PNG header of the wrong length");
        }
        limits.admit(header.u32(0), header.u32(4));
        int depth = header.u8(8);
        int colour = header.u8(9);
        if (!allowed(colour, depth) || header.u8(10) != 0 || header.u8(11) != 0 || header.u8(12) > 1) {
            throw RefusedImage.corrupt("an impossible PNG header");
        }
        Encoded none = new Encoded(file.bytes(), 0, 0);
        Encoded palette = none;
        Encoded transparency = none;
        int orientation = ExifOrientation.UPRIGHT;
        List<Encoded> data = new ArrayList<>();
        at += 25;
        while (!file.has(at + 4, "IEND")) {
            long length = file.u32(at);
            file.slice(at, length + 12);
            if (file.has(at + 4, "IDAT")) {
                data.add(chunk(file, at, "IDAT"));
            } else if (file.has(at + 4, "PLTE")) {
                palette = chunk(file, at, "PLTE");
            } else if (file.has(at + 4, "tRNS")) {
                transparency = chunk(file, at, "tRNS");
            } else if (file.has(at + 4, "eXIf")) {
                orientation = ExifOrientation.of(file.slice(at + 8, length));
            } else if ((file.u8(at + 4) & 0x20) == 0) {
                throw RefusedImage.corrupt("a PNG with an unknown critical chunk");
            }
            at += (int) length + 12;
        }
        chunk(file, at, "IEND");
        boolean keyed = colour == 0 || colour == 2;
        if (data.isEmpty()
                || (colour == 3 && (palette.length() < 3 || palette.length() > 768 || palette.length() % 3 != 0))
                || (keyed && transparency.length() != 0 && transparency.length() != 2 * CHANNELS[colour])) {
            throw RefusedImage.corrupt("a PNG without pixels or palette");
        }
        return new PngFile(
                header.u32(0),
                header.u32(4),
                depth,
                colour,
                header.u8(12) == 1,
                palette,
                transparency,
                data,
                orientation);
    }

    private static boolean allowed(int colour, int depth) {
        return switch (colour) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    /** The body of the chunk at an offset, whose name and checksum must be right. */
    private static Encoded chunk(Encoded file, int at, String name) throws RefusedImage {
        long length = file.u32(at);
        Encoded body = file.slice(at + 8, length);
        long stored = file.u32(at + 8 + (int) length);
        CRC32 crc = new CRC32();
        crc.update(file.bytes(), file.start() + at + 4, (int) length + 4);
        if (!file.has(at + 4, name) || crc.getValue() != stored) {
            throw RefusedImage.corrupt("a damaged PNG chunk");
        }
        return body;
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.PNG;
    }

    @Override
    public long scratchBytes() {
        return 3 * (1 + 8 * width);
    }

    @Override
    public void decode(UprightPixels target) throws RefusedImage {
        int bitsPerPixel = CHANNELS[colour] * depth;
        int distance = Math.max(1, bitsPerPixel / 8);
        byte[] row = new byte[(int) ((width * bitsPerPixel + 7) / 8) + 1];
        byte[] above = new byte[row.length];
        try (Rows rows = new Rows(data)) {
            for (int[] pass : interlaced ? ADAM7 : WHOLE) {
                int columns = (int) ((width - pass[0] + pass[2] - 1) / pass[2]);
                int lines = (int) ((height - pass[1] + pass[3] - 1) / pass[3]);
                if (columns <= 0 || lines <= 0) {
                    continue;
                }
                int length = (int) (((long) columns * bitsPerPixel + 7) / 8) + 1;
                Arrays.fill(above, (byte) 0);
                for (int line = 0; line < lines; line++) {
                    rows.fill(row, length);
                    unfilter(row, above, length, distance);
                    paint(row, columns, pass, pass[1] + line * pass[3], target);
                    byte[] finished = row;
                    row = above;
                    above = finished;
                }
            }
            rows.end();
        } finally {
            Arrays.fill(row, (byte) 0);
            Arrays.fill(above, (byte) 0);
        }
    }

    /** PNG §9; byte 0 names the filter. */
    private static void unfilter(byte[] row, byte[] above, int length, int distance) throws RefusedImage {
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + distance; i < length; i++) {
                    row[i] += row[i - distance];
                }
            }
            case 2 -> {
                for (int i = 1; i < length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < length; i++) {
                    int left = i > distance ? row[i - distance] & 0xFF : 0;
                    row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < length; i++) {
                    int left = i > distance ? row[i - distance] & 0xFF : 0;
                    int corner = i > distance ? above[i - distance] & 0xFF : 0;
                    row[i] += (byte) paeth(left, above[i] & 0xFF, corner);
                }
            }
            default -> throw RefusedImage.corrupt("an unknown PNG filter");
        }
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private void paint(byte[] row, int columns, int[] pass, int y, UprightPixels target) throws RefusedImage {
        int channels = CHANNELS[colour];
        boolean keyed = (colour == 0 || colour == 2) && transparency.length() > 0;
        for (int column = 0; column < columns; column++) {
            int x = pass[0] + column * pass[2];
            int first = column * channels;
            switch (colour) {
                case 0 -> {
                    int raw = sample(row, first);
                    int grey = to8(raw);
                    if (keyed && raw == transparency.u16(0)) {
                        grey = 255;
                    }
                    target.put(x, y, grey, grey, grey);
                }
                case 2 -> {
                    int red = sample(row, first);
                    int green = sample(row, first + 1);
                    int blue = sample(row, first + 2);
                    if (keyed
                            && red == transparency.u16(0)
                            && green == transparency.u16(2)
                            && blue == transparency.u16(4)) {
                        target.put(x, y, 255, 255, 255);
                    } else {
                        target.put(x, y, to8(red), to8(green), to8(blue));
                    }
                }
                case 3 -> {
                    int index = sample(row, first);
                    int alpha = index < transparency.length() ? transparency.u8(index) : 255;
                    target.putOverWhite(
                            x, y, palette.u8(3 * index), palette.u8(3 * index + 1), palette.u8(3 * index + 2), alpha);
                }
                case 4 -> {
                    int grey = to8(sample(row, first));
                    target.putOverWhite(x, y, grey, grey, grey, to8(sample(row, first + 1)));
                }
                default ->
                    target.putOverWhite(
                            x,
                            y,
                            to8(sample(row, first)),
                            to8(sample(row, first + 1)),
                            to8(sample(row, first + 2)),
                            to8(sample(row, first + 3)));
            }
        }
    }

    private int sample(byte[] row, int index) {
        if (depth == 8) {
            return row[1 + index] & 0xFF;
        }
        if (depth == 16) {
            return (row[1 + 2 * index] & 0xFF) << 8 | (row[2 + 2 * index] & 0xFF);
        }
        int bit = index * depth;
        return (row[1 + (bit >> 3)] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }

    private int to8(int value) {
        return switch (depth) {
            case 8 -> value;
            case 16 -> (value * 255 + 32_895) >> 16;
            default -> value * 255 / ((1 << depth) - 1);
        };
    }

    /** Inflates the IDAT chunks as one stream. */
    private static final class Rows implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private final List<Encoded> data;
        private int next;

        Rows(List<Encoded> data) {
            this.data = data;
        }

        void fill(byte[] row, int length) throws RefusedImage {
            int done = 0;
            while (done < length) {
                int got = inflate(row, done, length - done);
                if (got == 0) {
                    throw RefusedImage.corrupt("the PNG was cut off");
                }
                done += got;
            }
        }

        /** The compressed stream must end with its checksum. */
        void end() throws RefusedImage {
            byte[] rest = new byte[64];
            inflate(rest, 0, rest.length);
            if (!inflater.finished()) {
                throw RefusedImage.corrupt("the PNG holds other data than its pixels");
            }
        }

        private int inflate(byte[] target, int at, int length) throws RefusedImage {
            try {
                while (true) {
                    int got = inflater.inflate(target, at, length);
                    if (got > 0 || inflater.finished() || inflater.needsDictionary()) {
                        return got;
                    }
                    if (next == data.size()) {
                        return 0;
                    }
                    Encoded chunk = data.get(next++);
                    inflater.setInput(chunk.bytes(), chunk.start(), chunk.length());
                }
            } catch (DataFormatException e) {
                throw RefusedImage.corrupt("damaged PNG data");
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
