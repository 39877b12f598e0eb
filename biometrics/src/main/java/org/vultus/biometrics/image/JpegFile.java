package org.vultus.biometrics.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.vultus.biometrics.outcome.Reason;

/**
 * A JPEG file (ITU-T T.81) taken apart into segments. The decoder is given a rebuilt stream with only the segments that
 * make pixels: no thumbnails, no ICC profile, no comments, and one colour marker that both codecs read alike. So neither
 * the native library nor ImageIO ever parses a stranger's metadata.
 *
 * @param components 1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK
 * @param colour the colour marker segment of the rebuilt stream
 * @param segments the other segments of the rebuilt stream, marker included, scans with their entropy-coded data
 */
record JpegFile(
        long width,
        long height,
        int orientation,
        int components,
        boolean progressive,
        byte[] colour,
        List<Encoded> segments,
        JpegCodec codec)
        implements StoredImage {

    /** Progressive encoders write 6 to 20 scans; each one costs a pass over the whole image. */
    private static final int MAX_SCANS = 64;

    /** A file has 5 to 100; each costs an object here. */
    private static final int MAX_SEGMENTS = 2_000;

    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] END = {(byte) 0xFF, (byte) 0xD9};
    private static final byte[] JFIF = {
        (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    static boolean isOne(Encoded file) {
        return file.has(0, "\u00FF\u00D8\u00FF");
    }

    /** Walks all segments up to the end marker; a file without one was cut off. */
    static JpegFile read(Encoded file, ImageLimits limits, JpegCodec codec) throws RefusedImage {
        Walk walk = new Walk(file, limits);
        walk.segments();
        return new JpegFile(
                walk.width,
                walk.height,
                walk.orientation,
                walk.components,
                walk.progressive,
                walk.colour(),
                walk.kept,
                codec);
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.JPEG;
    }

    @Override
    public long scratchBytes() {
        // One interleaved copy, and for progressive files every coefficient as a 16-bit number (4:4:4 at worst).
        long perPixel = Math.max(3, components) + (progressive ? 2L * components : 0);
        return perPixel * width * height + length();
    }

    @Override
    public void decode(UprightPixels target) throws RefusedImage {
        codec.decode(this, target);
    }

    /** The length of the rebuilt stream. */
    int length() {
        int length = START.length + colour.length + END.length;
        for (Encoded segment : segments) {
            length += segment.length();
        }
        return length;
    }

    /** Writes the rebuilt stream to memory of {@link #length()} bytes. */
    void writeTo(MemorySegment target) {
        int at = write(target, 0, START, 0, START.length);
        at = write(target, at, colour, 0, colour.length);
        for (Encoded segment : segments) {
            at = write(target, at, segment.bytes(), segment.start(), segment.length());
        }
        write(target, at, END, 0, END.length);
    }

    private static int write(MemorySegment target, int at, byte[] source, int from, int length) {
        MemorySegment.copy(source, from, target, ValueLayout.JAVA_BYTE, at, length);
        return at + length;
    }

    /** libjpeg's wording, the same in both codecs: padding before a marker loses no pixel; every other warning does. */
    static boolean isHarmless(String warning) {
        return warning.contains("extraneous bytes before marker");
    }

    private static final class Walk {
        private final Encoded file;
        private final ImageLimits limits;
        private final List<Encoded> kept = new ArrayList<>();
        private int width;
        private int height;
        private int components;
        private boolean progressive;
        private boolean frameSeen;
        private boolean namedRgb;
        private int orientation = ExifOrientation.UPRIGHT;
        private int adobeTransform = -1;
        private int scans;

        Walk(Encoded file, ImageLimits limits) {
            this.file = file;
            this.limits = limits;
        }

        void segments() throws RefusedImage {
            int at = 2;
            while (true) {
                while (file.u8(at) != 0xFF) {
                    at++;
                }
                while (file.u8(at) == 0xFF) {
                    at++;
                }
                int marker = file.u8(at++);
                if (marker == 0xD9) {
                    break;
                }
                if (marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD7)) {
                    continue;
                }
                if (marker == 0xD8) {
                    throw RefusedImage.corrupt("a second JPEG starts inside the first");
                }
                int length = file.u16(at);
                if (length < 2) {
                    throw RefusedImage.corrupt("a JPEG segment of impossible length");
                }
                Encoded body = file.slice(at + 2, length - 2L);
                int end = at + length;
                switch (marker) {
                    case 0xC0, 0xC1, 0xC2 -> {
                        frame(marker, body);
                        keep(at - 2, end);
                    }
                    case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF ->
                        throw new RefusedImage(
                                Reason.UNSUPPORTED_FORMAT,
                                "lossless, hierarchical or arithmetic JPEG (marker %02X)".formatted(marker));
                    case 0xC4, 0xDB, 0xDD -> keep(at - 2, end);
                    case 0xDA -> {
                        if (!frameSeen) {
                            throw RefusedImage.corrupt("JPEG pixels before the JPEG frame header");
                        }
                        if (++scans > MAX_SCANS) {
                            throw RefusedImage.corrupt("more than %d JPEG scans".formatted(MAX_SCANS));
                        }
                        end = endOfScan(end);
                        keep(at - 2, end);
                    }
                    case 0xE1 -> {
                        if (body.has(0, "Exif\0\0") && orientation == ExifOrientation.UPRIGHT) {
                            orientation = ExifOrientation.of(body);
                        }
                    }
                    case 0xEE -> {
                        if (body.has(0, "Adobe") && body.length() >= 12) {
                            adobeTransform = body.u8(11);
                        }
                    }
                    default -> {}
                }
                at = end;
            }
            if (scans == 0) {
                throw RefusedImage.corrupt("a JPEG without pixels");
            }
        }

        private void frame(int marker, Encoded body) throws RefusedImage {
            if (frameSeen) {
                throw RefusedImage.corrupt("two JPEG frame headers");
            }
            frameSeen = true;
            progressive = marker == 0xC2;
            height = body.u16(1);
            width = body.u16(3);
            limits.admit(width, height);
            components = body.u8(5);
            if (body.u8(0) != 8) {
                throw new RefusedImage(Reason.UNSUPPORTED_FORMAT, "JPEG with %d bits a sample".formatted(body.u8(0)));
            }
            if (components != 1 && components != 3 && components != 4) {
                throw new RefusedImage(Reason.UNSUPPORTED_FORMAT, "JPEG with %d components".formatted(components));
            }
            namedRgb = components == 3 && body.u8(6) == 'R' && body.u8(9) == 'G' && body.u8(12) == 'B';
        }

        /** The first marker after the entropy-coded data that is neither a stuffed zero nor a restart. */
        private int endOfScan(int from) throws RefusedImage {
            byte[] bytes = file.bytes();
            int last = file.end() - 1;
            for (int i = file.start() + from; i < last; i++) {
                if (bytes[i] == (byte) 0xFF) {
                    int next = bytes[i + 1] & 0xFF;
                    if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                        return i - file.start();
                    }
                }
            }
            throw RefusedImage.corrupt("the JPEG was cut off");
        }

        private void keep(int from, int to) throws RefusedImage {
            if (kept.size() == MAX_SEGMENTS) {
                throw RefusedImage.corrupt("more than %d JPEG segments".formatted(MAX_SEGMENTS));
            }
            kept.add(file.slice(from, to - from));
        }

        /** One unambiguous colour marker in place of those of the file, so that both codecs take the same colours. */
        byte[] colour() {
            if (components == 4) {
                // Without a marker: inverted CMYK, as browsers show it.
                return adobe(adobeTransform == 2 ? 2 : 0);
            }
            boolean rgb = components == 3 && (adobeTransform == 0 || (adobeTransform < 0 && namedRgb));
            return rgb ? adobe(0) : JFIF;
        }

        private static byte[] adobe(int transform) {
            return new byte[] {
                (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
            };
        }
    }
}
