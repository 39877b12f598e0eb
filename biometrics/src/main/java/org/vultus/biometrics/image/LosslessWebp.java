package org.vultus.biometrics.image;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of the WebP lossless bitstream (RFC 9649 §3), for VP8L frames and compressed alpha planes. Each transform may
 * come once, sub-images nest one deep, and a prefix code takes memory in proportion to the bits that describe it: nothing
 * a file of a few bytes says can make this class allocate more than {@link #scratchBytes}.
 */
final class LosslessWebp {
    private static final int[] CODE_LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int LITERALS = 256;
    private static final int LENGTH_PREFIXES = 24;
    private static final int DISTANCE_PREFIXES = 40;
    private static final int HASH = 0x1E35A7BD;

    /** RFC 9649 §4.2.2: distances 1–120 name a near pixel, as pairs of columns to the left and rows up. */
    private static final byte[] NEAR = {
        0, 1, 1, 0, 1, 1, -1, 1, 0, 2, 2, 0, 1, 2, -1, 2, 2, 1, -2, 1, 2, 2, -2, 2, 0, 3, 3, 0, 1, 3, -1, 3, 3, 1, -3,
        1, 2, 3, -2, 3, 3, 2, -3, 2, 0, 4, 4, 0, 1, 4, -1, 4, 4, 1, -4, 1, 3, 3, -3, 3, 2, 4, -2, 4, 4, 2, -4, 2, 0, 5,
        3, 4, -3, 4, 4, 3, -4, 3, 5, 0, 1, 5, -1, 5, 5, 1, -5, 1, 2, 5, -2, 5, 5, 2, -5, 2, 4, 4, -4, 4, 3, 5, -3, 5, 5,
        3, -5, 3, 0, 6, 6, 0, 1, 6, -1, 6, 6, 1, -6, 1, 2, 6, -2, 6, 6, 2, -6, 2, 4, 5, -4, 5, 5, 4, -5, 4, 3, 6, -3, 6,
        6, 3, -6, 3, 0, 7, 7, 0, 1, 7, -1, 7, 5, 5, -5, 5, 7, 1, -7, 1, 4, 6, -4, 6, 6, 4, -6, 4, 2, 7, -2, 7, 7, 2, -7,
        2, 3, 7, -3, 7, 7, 3, -7, 3, 5, 6, -5, 6, 6, 5, -6, 5, 8, 0, 4, 7, -4, 7, 7, 4, -7, 4, 8, 1, 8, 2, 6, 6, -6, 6,
        8, 3, 5, 7, -5, 7, 7, 5, -7, 5, 8, 4, 6, 7, -6, 7, 7, 6, -7, 6, 8, 5, 7, 7, -7, 7, 8, 6, 8, 7
    };

    private final Encoded bytes;
    private long bit;

    private LosslessWebp(Encoded bytes, int firstByte) {
        this.bytes = bytes;
        bit = 8L * firstByte;
    }

    /** Two ARGB planes, the sub-images of up to three transforms (a sixteenth each), and the prefix codes. */
    static long scratchBytes(long width, long height, int encodedBytes) {
        return 9 * width * height + 4096 + Math.min(5L * 65_536 * 160, 512L * encodedBytes);
    }

    static void decodeFrame(Encoded chunk, int width, int height, UprightPixels target) throws RefusedImage {
        int[] argb = new LosslessWebp(chunk, 5).image(width, height);
        // Without the header's alpha bit, alpha is to be ignored.
        int opaque = (chunk.u8(4) & 0x10) == 0 ? 0xFF : 0;
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int p = argb[i];
                target.putOverWhite(x, y, p >> 16 & 0xFF, p >> 8 & 0xFF, p & 0xFF, p >>> 24 | opaque);
            }
        }
        Arrays.fill(argb, 0);
    }

    /** An ALPH chunk (RFC 9649 §2.7.1.2): one byte a pixel. */
    static byte[] decodeAlpha(Encoded chunk, int width, int height) throws RefusedImage {
        int header = chunk.u8(0);
        byte[] alpha = new byte[width * height];
        switch (header & 3) {
            case 0 -> {
                Encoded raw = chunk.slice(1, alpha.length);
                System.arraycopy(raw.bytes(), raw.start(), alpha, 0, alpha.length);
            }
            case 1 -> {
                int[] argb = new LosslessWebp(chunk, 1).image(width, height);
                for (int i = 0; i < alpha.length; i++) {
                    alpha[i] = (byte) (argb[i] >> 8);
                }
                Arrays.fill(argb, 0);
            }
            default -> throw RefusedImage.corrupt("unknown WebP alpha compression");
        }
        int filter = header >> 2 & 3;
        for (int i = 1; filter != 0 && i < alpha.length; i++) {
            int x = i % width;
            int left = x == 0 ? alpha[i - width] & 0xFF : alpha[i - 1] & 0xFF;
            if (i < width || x == 0) {
                alpha[i] += (byte) (i < width ? alpha[i - 1] : left);
                continue;
            }
            int up = alpha[i - width] & 0xFF;
            int corner = alpha[i - width - 1] & 0xFF;
            alpha[i] += (byte) (filter == 1 ? left : filter == 2 ? up : Math.clamp(left + up - corner, 0, 255));
        }
        return alpha;
    }

    private int[] image(int width, int height) throws RefusedImage {
        Deque<Transform> transforms = new ArrayDeque<>();
        int packed = width;
        int seen = 0;
        while (read(1) == 1) {
            int kind = read(2);
            if ((seen & 1 << kind) != 0) {
                throw RefusedImage.corrupt("a WebP transform given twice");
            }
            seen |= 1 << kind;
            switch (kind) {
                case 0, 1 -> {
                    int block = read(3) + 2;
                    int[] data = entropyCoded(blocks(packed, block), blocks(height, block), false);
                    transforms.push(new Transform(kind, packed, block, data));
                }
                case 2 -> transforms.push(new Transform(kind, packed, 0, new int[0]));
                default -> {
                    int[] table = entropyCoded(read(8) + 1, 1, false);
                    for (int i = 1; i < table.length; i++) {
                        table[i] = addBytes(table[i], table[i - 1]);
                    }
                    int share = table.length <= 2 ? 3 : table.length <= 4 ? 2 : table.length <= 16 ? 1 : 0;
                    transforms.push(new Transform(kind, packed, share, table));
                    packed = blocks(packed, share);
                }
            }
        }
        int[] argb = entropyCoded(packed, height, true);
        for (Transform transform : transforms) {
            argb = transform.undo(argb, height);
        }
        return argb;
    }

    private static int blocks(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }

    /** RFC 9649 §5: prefix codes, then literals, back references and colour-cache hits. */
    private int[] entropyCoded(int width, int height, boolean top) throws RefusedImage {
        int cacheBits = 0;
        if (read(1) == 1) {
            cacheBits = read(4);
            if (cacheBits < 1 || cacheBits > 11) {
                throw RefusedImage.corrupt("an impossible WebP colour cache");
            }
        }
        int[] cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
        int @Nullable [] groupOf = null;
        int groupBits = 0;
        int groups = 1;
        if (top && read(1) == 1) {
            groupBits = read(3) + 2;
            groupOf = entropyCoded(blocks(width, groupBits), blocks(height, groupBits), false);
            for (int i = 0; i < groupOf.length; i++) {
                groupOf[i] = groupOf[i] >> 8 & 0xFFFF;
                groups = Math.max(groups, groupOf[i] + 1);
            }
        }
        // Five one-symbol codes take 20 bits at least: a file too short for its groups is refused before they are made.
        if (20L * groups > 8L * bytes.length()) {
            throw RefusedImage.corrupt("the WebP frame was cut off");
        }
        PrefixCode[] codes = new PrefixCode[5 * groups];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = PrefixCode.read(
                    this,
                    switch (i % 5) {
                        case 0 -> LITERALS + LENGTH_PREFIXES + cache.length;
                        case 4 -> DISTANCE_PREFIXES;
                        default -> LITERALS;
                    });
        }
        int[] argb = new int[width * height];
        int groupWidth = blocks(width, groupBits);
        int cached = 0;
        int at = 0;
        while (at < argb.length) {
            int group = groupOf == null
                    ? 0
                    : 5 * groupOf[((at / width) >> groupBits) * groupWidth + ((at % width) >> groupBits)];
            int symbol = codes[group].next(this);
            if (symbol < LITERALS) {
                int red = codes[group + 1].next(this);
                int blue = codes[group + 2].next(this);
                argb[at++] = codes[group + 3].next(this) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < LITERALS + LENGTH_PREFIXES) {
                int length = extended(symbol - LITERALS);
                int distance = distance(extended(codes[group + 4].next(this)), width);
                if (distance > at || length > argb.length - at) {
                    throw RefusedImage.corrupt("a WebP back reference outside the picture");
                }
                for (int end = at + length; at < end; at++) {
                    argb[at] = argb[at - distance];
                }
            } else {
                while (cached < at) {
                    cache[(argb[cached] * HASH) >>> (32 - cacheBits)] = argb[cached++];
                }
                argb[at++] = cache[symbol - LITERALS - LENGTH_PREFIXES];
            }
        }
        return argb;
    }

    private int extended(int prefix) throws RefusedImage {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << extra) + read(extra) + 1;
    }

    private static int distance(int code, int width) {
        if (code > NEAR.length / 2) {
            return code - NEAR.length / 2;
        }
        return Math.max(1, NEAR[2 * code - 2] + NEAR[2 * code - 1] * width);
    }

    /** Up to 24 bits, least significant first. */
    private int read(int count) throws RefusedImage {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= (bytes.u8((int) (bit >> 3)) >> (bit & 7) & 1) << i;
        }
        return value;
    }

    private static int addBytes(int a, int b) {
        int alphaAndGreen = ((a & 0xFF00FF00) + (b & 0xFF00FF00)) & 0xFF00FF00;
        int redAndBlue = ((a & 0x00FF00FF) + (b & 0x00FF00FF)) & 0x00FF00FF;
        return alphaAndGreen | redAndBlue;
    }

    /** A canonical prefix code: how many codes there are of each length, and their symbols in code order. */
    private record PrefixCode(int[] count, short[] symbols) {

        static PrefixCode read(LosslessWebp in, int alphabet) throws RefusedImage {
            int[] lengths = new int[alphabet];
            if (in.read(1) == 1) {
                boolean two = in.read(1) == 1;
                int first = in.read(in.read(1) == 1 ? 8 : 1);
                int second = two ? in.read(8) : first;
                if (Math.max(first, second) >= alphabet) {
                    throw RefusedImage.corrupt("a damaged WebP prefix code");
                }
                lengths[first] = 1;
                lengths[second] = 1;
                return of(lengths);
            }
            int[] lengthLengths = new int[CODE_LENGTH_ORDER.length];
            int given = 4 + in.read(4);
            for (int i = 0; i < given; i++) {
                lengthLengths[CODE_LENGTH_ORDER[i]] = in.read(3);
            }
            PrefixCode lengthCode = of(lengthLengths);
            int left = in.read(1) == 1 ? 2 + in.read(2 + 2 * in.read(3)) : alphabet;
            int previous = 8;
            for (int symbol = 0; symbol < alphabet && left > 0; left--) {
                int length = lengthCode.next(in);
                if (length < 16) {
                    lengths[symbol++] = length;
                    previous = length == 0 ? previous : length;
                    continue;
                }
                int repeat = length == 16 ? 3 + in.read(2) : length == 17 ? 3 + in.read(3) : 11 + in.read(7);
                if (repeat > alphabet - symbol) {
                    throw RefusedImage.corrupt("a damaged WebP prefix code");
                }
                Arrays.fill(lengths, symbol, symbol + repeat, length == 16 ? previous : 0);
                symbol += repeat;
            }
            return of(lengths);
        }

        private static PrefixCode of(int[] lengths) throws RefusedImage {
            int[] count = new int[16];
            for (int length : lengths) {
                count[length]++;
            }
            int used = lengths.length - count[0];
            count[0] = 0;
            short[] symbols = new short[used];
            int[] at = new int[16];
            int room = 1;
            for (int length = 1; length < 16; length++) {
                at[length] = at[length - 1] + count[length - 1];
                room = 2 * room - count[length];
                if (room < 0) {
                    throw RefusedImage.corrupt("a damaged WebP prefix code");
                }
            }
            if (used == 0 || (used > 1 && room != 0)) {
                throw RefusedImage.corrupt("a damaged WebP prefix code");
            }
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] != 0) {
                    symbols[at[lengths[symbol]]++] = (short) symbol;
                }
            }
            return new PrefixCode(count, symbols);
        }

        int next(LosslessWebp in) throws RefusedImage {
            if (symbols.length == 1) {
                return symbols[0];
            }
            int code = 0;
            int first = 0;
            int index = 0;
            for (int length = 1; length < 16; length++) {
                code |= in.read(1);
                if (code - first < count[length]) {
                    return symbols[index + code - first];
                }
                index += count[length];
                first = (first + count[length]) << 1;
                code <<= 1;
            }
            throw RefusedImage.corrupt("a damaged WebP prefix code");
        }
    }

    /**
     * RFC 9649 §4.
     *
     * @param kind 0 predictor, 1 colour, 2 subtract green, 3 colour table
     * @param width of the picture that comes out
     * @param bits block size, or pixels bundled into one, as a power of two
     */
    private record Transform(int kind, int width, int bits, int[] data) {

        int[] undo(int[] argb, int height) {
            switch (kind) {
                case 0 -> {
                    for (int i = 0; i < argb.length; i++) {
                        argb[i] = addBytes(argb[i], predicted(argb, i));
                    }
                }
                case 1 -> {
                    for (int i = 0; i < argb.length; i++) {
                        argb[i] = recoloured(argb[i], block(i));
                    }
                }
                case 2 -> {
                    for (int i = 0; i < argb.length; i++) {
                        int green = argb[i] >> 8 & 0xFF;
                        argb[i] = addBytes(argb[i], green << 16 | green);
                    }
                }
                default -> {
                    return lookedUp(argb, height);
                }
            }
            return argb;
        }

        private int block(int i) {
            return data[((i / width) >> bits) * blocks(width, bits) + ((i % width) >> bits)];
        }

        private int[] lookedUp(int[] packed, int height) {
            int[] argb = new int[width * height];
            int packedWidth = blocks(width, bits);
            int depth = 8 >> bits;
            for (int i = 0; i < argb.length; i++) {
                int x = i % width;
                int green = (packed[i / width * packedWidth + (x >> bits)] >> 8) & 0xFF;
                int index = (green >> ((x & ((1 << bits) - 1)) * depth)) & ((1 << depth) - 1);
                argb[i] = index < data.length ? data[index] : 0;
            }
            Arrays.fill(packed, 0);
            return argb;
        }

        private static int recoloured(int pixel, int element) {
            int green = (byte) (pixel >> 8);
            int red = pixel >> 16 & 0xFF;
            int blue = pixel & 0xFF;
            red = (red + (((byte) element * green) >> 5)) & 0xFF;
            blue += ((byte) (element >> 8) * green) >> 5;
            blue = (blue + (((byte) (element >> 16) * (byte) red) >> 5)) & 0xFF;
            return (pixel & 0xFF00FF00) | (red << 16) | blue;
        }

        private int predicted(int[] argb, int i) {
            if (i == 0) {
                return 0xFF000000;
            }
            if (i < width) {
                return argb[i - 1];
            }
            int top = argb[i - width];
            if (i % width == 0) {
                return top;
            }
            int left = argb[i - 1];
            int corner = argb[i - width - 1];
            // For the last column this is the first pixel of the same row, as the format wants it.
            int right = argb[i - width + 1];
            return switch (block(i) >> 8 & 15) {
                case 1 -> left;
                case 2 -> top;
                case 3 -> right;
                case 4 -> corner;
                case 5 -> average(average(left, right), top);
                case 6 -> average(left, corner);
                case 7 -> average(left, top);
                case 8 -> average(corner, top);
                case 9 -> average(top, right);
                case 10 -> average(average(left, corner), average(top, right));
                case 11 -> apart(top, corner) < apart(left, corner) ? left : top;
                case 12 -> gradient(left, top, corner, false);
                case 13 -> gradient(average(left, top), average(left, top), corner, true);
                default -> 0xFF000000;
            };
        }

        private static int average(int a, int b) {
            return ((a ^ b) >>> 1 & 0x7F7F7F7F) + (a & b);
        }

        private static int apart(int a, int b) {
            int sum = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                sum += Math.abs((a >>> shift & 0xFF) - (b >>> shift & 0xFF));
            }
            return sum;
        }

        /** {@code a + b − c} clamped, or {@code a + (a − c) / 2} when halved. */
        private static int gradient(int a, int b, int c, boolean halved) {
            int all = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                int from = a >>> shift & 0xFF;
                int away = (b >>> shift & 0xFF) - (c >>> shift & 0xFF);
                all |= Math.clamp(from + (halved ? away / 2 : away), 0, 255) << shift;
            }
            return all;
        }
    }
}
