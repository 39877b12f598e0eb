package org.vultus.biometrics.clip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The video of a WebM or Matroska file (RFC 9559), with lengths or, as browsers write while they record, without. Elements are known by
 * their numbers wherever they come, so that one of unknown length ends where another begins; nothing nests.
 */
final class WebmClip {
    private static final int MARK = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int SCALE = 0x2AD7B1;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK = 0xAE;
    private static final int NUMBER = 0xD7;
    private static final int TYPE = 0x83;
    private static final int CODEC = 0x86;
    private static final int SETUP = 0x63A2;
    private static final int VIDEO = 0xE0;
    private static final int WIDTH = 0xB0;
    private static final int HEIGHT = 0xBA;
    private static final int ENCODINGS = 0x6D80;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TIME = 0xE7;
    private static final int GROUP = 0xA0;
    private static final int BLOCK = 0xA1;
    private static final int SIMPLE_BLOCK = 0xA3;

    private static final int PICTURES = 1;
    private static final int LACING = 0x06;

    /** A recording has some elements for each picture, and not thousands. */
    private static final int ELEMENTS_EACH = 16;

    private final ClipLimits limits;
    private final List<Packet> packets = new ArrayList<>();
    private long scale = 1_000_000;
    private long cluster;
    private @Nullable Track chosen;

    /** A track while it is read. */
    private static final class Track {
        long number;
        long type;
        String codec = "";
        byte[] setup = {};
        long width;
        long height;
        boolean encoded;
    }

    private WebmClip(ClipLimits limits) {
        this.limits = limits;
    }

    static boolean isOne(byte[] clip) {
        return clip.length >= 4
                && ((clip[0] & 0xFF) << 24 | (clip[1] & 0xFF) << 16 | (clip[2] & 0xFF) << 8 | clip[3] & 0xFF) == MARK;
    }

    static VideoTrack read(byte[] clip, ClipLimits limits) throws RefusedClip {
        WebmClip file = new WebmClip(limits);
        file.elements(new Slice(clip, 0, clip.length));
        Track track = file.chosen;
        if (track == null) {
            throw new RefusedClip(ClipProblem.EMPTY, "no video in it");
        }
        return new VideoTrack(codec(track), track.setup, 0, file.packets);
    }

    private void elements(Slice in) throws RefusedClip {
        int most = ELEMENTS_EACH * limits.maxPackets();
        for (int count = 0; in.left() > 1; count++) {
            if (count > most) {
                throw RefusedClip.corrupt("more than %d elements".formatted(most));
            }
            int kind = (int) identifier(in);
            long length = length(in);
            boolean unknown = length < 0;
            switch (kind) {
                case SEGMENT, CLUSTER, GROUP, INFO, TRACKS -> {
                    // Go on inside.
                }
                case SCALE -> scale = in.part(length).unsigned(size(length));
                case TRACK -> track(in.part(length));
                case TIME -> cluster = in.part(length).unsigned(size(length));
                case BLOCK, SIMPLE_BLOCK -> block(in.part(length));
                default -> {
                    if (unknown) {
                        throw RefusedClip.corrupt("an element without a length");
                    }
                    in.skip(length);
                }
            }
        }
    }

    private static int size(long length) throws RefusedClip {
        if (length > 8) {
            throw RefusedClip.corrupt("a number of %d bytes".formatted(length));
        }
        return (int) length;
    }

    private static long identifier(Slice in) throws RefusedClip {
        int first = in.u8();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 3) {
            throw RefusedClip.corrupt("not an element");
        }
        return (long) first << 8 * more | in.unsigned(more);
    }

    /** Negative for unknown. */
    private static long length(Slice in) throws RefusedClip {
        int first = in.u8();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7) {
            throw RefusedClip.corrupt("a length of no size");
        }
        long high = first & (0x7F >> more);
        long length = high << 8 * more | in.unsigned(more);
        return length == (1L << 7 * (more + 1)) - 1 ? -1 : length;
    }

    private void track(Slice entry) throws RefusedClip {
        Track track = new Track();
        fields(entry, track);
        if (track.type == PICTURES && chosen == null) {
            if (track.encoded) {
                throw RefusedClip.unsupported("compressed or encrypted pictures");
            }
            // Told before all pictures are read.
            codec(track);
            limits.admit(track.width, track.height);
            chosen = track;
        }
    }

    private static void fields(Slice in, Track track) throws RefusedClip {
        while (in.left() > 1) {
            int kind = (int) identifier(in);
            long length = length(in);
            if (kind == VIDEO) {
                continue;
            }
            Slice value = in.part(length);
            switch (kind) {
                case NUMBER -> track.number = value.unsigned(size(length));
                case TYPE -> track.type = value.unsigned(size(length));
                case CODEC -> track.codec = value.ascii(value.left());
                case SETUP -> track.setup = value.rest();
                case WIDTH -> track.width = value.unsigned(size(length));
                case HEIGHT -> track.height = value.unsigned(size(length));
                case ENCODINGS -> track.encoded = true;
                default -> {
                    // Not needed.
                }
            }
        }
    }

    private static VideoTrack.Codec codec(Track track) throws RefusedClip {
        return switch (track.codec.strip()) {
            case "V_VP8" -> VideoTrack.Codec.VP8;
            case "V_MPEG4/ISO/AVC" -> VideoTrack.Codec.H264;
            case "V_MJPEG" -> VideoTrack.Codec.JPEG;
            case "V_VP9" -> throw RefusedClip.unsupported("VP9");
            case "V_AV1" -> throw RefusedClip.unsupported("AV1");
            case "V_MPEGH/ISO/HEVC" -> throw RefusedClip.unsupported("HEVC");
            default ->
                throw RefusedClip.unsupported(
                        "the codec " + Mp4Clip.printable(track.codec.substring(0, Math.min(32, track.codec.length()))));
        };
    }

    private void block(Slice block) throws RefusedClip {
        long number = length(block);
        int time = (short) block.u16();
        int flags = block.u8();
        Track track = chosen;
        if (track == null || number != track.number) {
            return;
        }
        if ((flags & LACING) != 0) {
            throw RefusedClip.unsupported("laced pictures");
        }
        if (packets.size() >= limits.maxPackets()) {
            throw new RefusedClip(ClipProblem.TOO_LONG, "more than %d pictures".formatted(limits.maxPackets()));
        }
        double micros = (cluster + (double) time) * scale / 1e3;
        if (Math.abs(micros) > Long.MAX_VALUE / 4.0) {
            throw RefusedClip.corrupt("a time that cannot be");
        }
        packets.add(new Packet(block.at(), block.left(), Math.round(micros)));
    }
}
