package org.vultus.biometrics.clip;

import java.util.Arrays;

/** What the headers of VP8's pictures say, and what of it lasts from one to the next (RFC 6386, section 9). */
final class Vp8Header {
    private static final int SEGMENTS = 4;
    private static final int TAG = 3;
    private static final int KEY = 7;

    boolean key;
    boolean shown;
    int width;
    int height;
    boolean segmented;
    boolean newSegments;
    boolean absolute;
    final int[] segmentQuantizer = new int[SEGMENTS];
    final int[] segmentFilter = new int[SEGMENTS];
    final int[] segmentOdds = {255, 255, 255};
    boolean simpleFilter;
    int filterLevel;
    int sharpness;
    boolean filterByKind;
    final int[] filterByReference = new int[4];
    final int[] filterByMode = new int[4];
    int quantizer;
    final int[] quantizerOffsets = new int[5];
    boolean refreshLast;
    boolean refreshGolden;
    boolean refreshAlternate;
    int copyToGolden;
    int copyToAlternate;
    /** Of the vectors that point to the golden and the alternate picture. */
    final boolean[] opposite = new boolean[4];

    boolean skips;
    int skipOdds;
    int intraOdds;
    int lastOdds;
    int goldenOdds;
    Vp8Odds odds = Vp8Odds.initial();
    private Vp8Odds kept = odds;
    Vp8Bits modes = new Vp8Bits(new byte[0], 0, 0);
    Vp8Bits[] tokens = {};

    /** Reads the header of a packet. */
    void read(byte[] bytes, Packet packet) throws RefusedClip {
        int at = packet.offset();
        int end = at + packet.length();
        if (packet.length() < TAG) {
            throw RefusedClip.corrupt("a picture of %d bytes".formatted(packet.length()));
        }
        int tag = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
        key = (tag & 1) == 0;
        if ((tag >> 1 & 7) != 0) {
            // Other versions blur less or more than browsers and phones ask for.
            throw RefusedClip.unsupported("VP8 of version %d".formatted(tag >> 1 & 7));
        }
        shown = (tag >> 4 & 1) == 1;
        int first = tag >> 5;
        at += TAG;
        if (key) {
            if (packet.length() < TAG + KEY
                    || bytes[at] != (byte) 0x9D
                    || bytes[at + 1] != 1
                    || bytes[at + 2] != 0x2A) {
                throw RefusedClip.corrupt("a key picture without its mark");
            }
            width = (bytes[at + 3] & 0xFF | (bytes[at + 4] & 0xFF) << 8) & 0x3FFF;
            height = (bytes[at + 5] & 0xFF | (bytes[at + 6] & 0xFF) << 8) & 0x3FFF;
            at += KEY;
        } else if (width == 0) {
            throw RefusedClip.corrupt("it does not begin with a key picture");
        }
        if (first > end - at) {
            throw RefusedClip.corrupt("a picture is cut off");
        }
        Vp8Bits bits = new Vp8Bits(bytes, at, at + first);
        if (key) {
            bits.number(2);
            forget();
        }
        segments(bits);
        simpleFilter = bits.flag();
        filterLevel = bits.number(6);
        sharpness = bits.number(3);
        filterByKind = bits.flag();
        if (filterByKind && bits.flag()) {
            update(bits, filterByReference);
            update(bits, filterByMode);
        }
        int partitions = 1 << bits.number(2);
        quantizer = bits.number(7);
        for (int i = 0; i < quantizerOffsets.length; i++) {
            quantizerOffsets[i] = bits.optional(4);
        }
        references(bits);
        tokenOdds(bits);
        skips = bits.flag();
        skipOdds = skips ? bits.number(8) : 0;
        if (!key) {
            otherOdds(bits);
        }
        modes = bits;
        tokens = partitions(bytes, at + first, end, partitions);
    }

    /** What a key picture begins anew. */
    private void forget() {
        odds = Vp8Odds.initial();
        absolute = false;
        Arrays.fill(segmentQuantizer, 0);
        Arrays.fill(segmentFilter, 0);
        Arrays.fill(filterByReference, 0);
        Arrays.fill(filterByMode, 0);
        Arrays.fill(opposite, false);
    }

    private void segments(Vp8Bits bits) {
        segmented = bits.flag();
        newSegments = false;
        if (!segmented) {
            return;
        }
        newSegments = bits.flag();
        if (bits.flag()) {
            absolute = bits.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantizer[i] = bits.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentFilter[i] = bits.optional(6);
            }
        }
        if (newSegments) {
            for (int i = 0; i < segmentOdds.length; i++) {
                segmentOdds[i] = bits.flag() ? bits.number(8) : 255;
            }
        }
    }

    private static void update(Vp8Bits bits, int[] values) {
        for (int i = 0; i < values.length; i++) {
            if (bits.flag()) {
                values[i] = bits.signed(6);
            }
        }
    }

    private void references(Vp8Bits bits) {
        refreshGolden = true;
        refreshAlternate = true;
        refreshLast = true;
        copyToGolden = 0;
        copyToAlternate = 0;
        if (!key) {
            refreshGolden = bits.flag();
            refreshAlternate = bits.flag();
            copyToGolden = refreshGolden ? 0 : bits.number(2);
            copyToAlternate = refreshAlternate ? 0 : bits.number(2);
            opposite[Vp8Block.GOLDEN] = bits.flag();
            opposite[Vp8Block.ALTERNATE] = bits.flag();
        }
        boolean lasting = bits.flag();
        kept = odds;
        odds = odds.copy();
        if (lasting) {
            kept = odds;
        }
        if (!key) {
            refreshLast = bits.flag();
        }
    }

    /** Takes back what held for one picture only. */
    void done() {
        odds = kept;
    }

    private void tokenOdds(Vp8Bits bits) {
        for (int i = 0; i < odds.coefficients.length; i++) {
            if (bits.read(Vp8Tables.COEFFICIENT_UPDATES[i]) == 1) {
                odds.coefficients[i] = bits.number(8);
            }
        }
    }

    private void otherOdds(Vp8Bits bits) {
        intraOdds = bits.number(8);
        lastOdds = bits.number(8);
        goldenOdds = bits.number(8);
        if (bits.flag()) {
            for (int i = 0; i < odds.luma.length; i++) {
                odds.luma[i] = bits.number(8);
            }
        }
        if (bits.flag()) {
            for (int i = 0; i < odds.chroma.length; i++) {
                odds.chroma[i] = bits.number(8);
            }
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < odds.vectors[i].length; j++) {
                if (bits.read(Vp8Tables.VECTOR_UPDATES[i][j]) == 1) {
                    int sent = bits.number(7);
                    odds.vectors[i][j] = sent == 0 ? 1 : sent << 1;
                }
            }
        }
    }

    private static Vp8Bits[] partitions(byte[] bytes, int from, int end, int count) throws RefusedClip {
        int at = from + 3 * (count - 1);
        if (at > end) {
            throw RefusedClip.corrupt("a picture is cut off");
        }
        Vp8Bits[] partitions = new Vp8Bits[count];
        for (int i = 0; i < count; i++) {
            int size = end - at;
            if (i < count - 1) {
                int told = from + 3 * i;
                size = bytes[told] & 0xFF | (bytes[told + 1] & 0xFF) << 8 | (bytes[told + 2] & 0xFF) << 16;
            }
            if (size > end - at) {
                throw RefusedClip.corrupt("a picture is cut off");
            }
            partitions[i] = new Vp8Bits(bytes, at, at + size);
            at += size;
        }
        return partitions;
    }
}
