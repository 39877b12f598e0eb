package org.vultus.biometrics.clip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The video of an MP4 or QuickTime file (ISO/IEC 14496-12), whole or in fragments, as phones and browsers write them. Boxes are looked for
 * where they belong and nowhere else, so that nesting has no depth to exhaust; tables are read no further than the limit of pictures. Edit lists
 * are ignored: they move all pictures by as much.
 */
final class Mp4Clip {
    private static final int HEADER = 8;
    private static final int ENTRY = 70;

    private final byte[] clip;
    private final ClipLimits limits;

    private int turn;
    private long scale;
    private long number;
    private VideoTrack.@Nullable Codec codec;
    private byte[] setup = {};
    private final List<Packet> packets = new ArrayList<>();

    private long usualLength;
    private long usualSize;
    private long fragmentTime;
    private long taken;

    private Mp4Clip(byte[] clip, ClipLimits limits) {
        this.clip = clip;
        this.limits = limits;
    }

    static boolean isOne(byte[] clip) {
        if (clip.length < HEADER) {
            return false;
        }
        String kind = new String(clip, 4, 4, StandardCharsets.ISO_8859_1);
        return List.of("ftyp", "moov", "mdat", "wide", "free", "skip").contains(kind);
    }

    static VideoTrack read(byte[] clip, ClipLimits limits) throws RefusedClip {
        Mp4Clip file = new Mp4Clip(clip, limits);
        Slice all = new Slice(clip, 0, clip.length);
        boolean movie = false;
        for (Box box = next(all); box != null; box = next(all)) {
            switch (box.kind) {
                case "moov" -> {
                    if (movie) {
                        throw RefusedClip.corrupt("two tables of contents");
                    }
                    movie = true;
                    file.movie(box.content);
                }
                case "moof" -> {
                    if (!movie) {
                        throw RefusedClip.corrupt("a fragment before the table of contents");
                    }
                    file.fragment(box.content, box.at);
                }
                default -> {
                    // Pictures themselves, and what does not matter.
                }
            }
        }
        if (!movie) {
            throw RefusedClip.corrupt("no table of contents");
        }
        VideoTrack.Codec codec = file.codec;
        if (codec == null) {
            throw new RefusedClip(ClipProblem.EMPTY, "no video in it");
        }
        return new VideoTrack(codec, file.setup, file.turn, file.packets);
    }

    private record Box(String kind, int at, Slice content) {}

    private static @Nullable Box next(Slice in) throws RefusedClip {
        if (in.left() < HEADER) {
            return null;
        }
        int at = in.at();
        long size = in.u32();
        String kind = in.ascii(4);
        if (size == 0) {
            return new Box(kind, at, in.part(in.left()));
        }
        if (size == 1) {
            return new Box(kind, at, in.part(in.i64() - 2 * HEADER));
        }
        return new Box(kind, at, in.part(size - HEADER));
    }

    /** The first box of a kind. */
    private static Optional<Slice> find(Slice in, String kind) throws RefusedClip {
        Slice copy = new Slice(in);
        for (Box box = next(copy); box != null; box = next(copy)) {
            if (box.kind.equals(kind)) {
                return Optional.of(box.content);
            }
        }
        return Optional.empty();
    }

    private static Slice require(Slice in, String kind) throws RefusedClip {
        return find(in, kind).orElseThrow(() -> RefusedClip.corrupt("no box " + kind));
    }

    private void movie(Slice movie) throws RefusedClip {
        Slice tracks = new Slice(movie);
        for (Box box = next(tracks); box != null && codec == null; box = next(tracks)) {
            if (box.kind.equals("trak")) {
                track(box.content);
            }
        }
        Optional<Slice> extension = find(movie, "mvex");
        if (extension.isPresent()) {
            Slice defaults = extension.get();
            for (Box box = next(defaults); box != null; box = next(defaults)) {
                if (box.kind.equals("trex")) {
                    trackDefaults(box.content);
                }
            }
        }
    }

    private void trackDefaults(Slice box) throws RefusedClip {
        box.skip(4);
        if (box.u32() == number) {
            box.skip(4);
            usualLength = box.u32();
            usualSize = box.u32();
        }
    }

    private void track(Slice track) throws RefusedClip {
        Slice media = require(track, "mdia");
        Slice handler = require(media, "hdlr");
        handler.skip(8);
        if (!handler.ascii(4).equals("vide")) {
            return;
        }
        head(require(track, "tkhd"));
        Slice times = require(media, "mdhd");
        int version = times.u8();
        times.skip(3 + (version == 1 ? 16 : 8));
        scale = times.u32();
        if (scale == 0) {
            throw RefusedClip.corrupt("a clock that does not tick");
        }
        Slice table = require(require(media, "minf"), "stbl");
        describe(require(table, "stsd"));
        samples(table);
    }

    private void head(Slice box) throws RefusedClip {
        int version = box.u8();
        box.skip(3 + (version == 1 ? 16 : 8));
        number = box.u32();
        box.skip(4 + (version == 1 ? 8 : 4) + 8 + 8);
        int a = box.i32();
        int b = box.i32();
        // What a camera that was held upright or upside down says of its sensor (14496-12, 8.3.2): the picture is to be
        // turned clockwise.
        turn = Math.floorMod((int) Math.round(Math.toDegrees(Math.atan2(b, a)) / 90) * 90, 360);
    }

    private void describe(Slice box) throws RefusedClip {
        box.skip(4);
        if (box.u32() < 1) {
            throw RefusedClip.corrupt("a track without a description");
        }
        Box entry = next(box);
        if (entry == null) {
            throw RefusedClip.corrupt("a track without a description");
        }
        Slice in = entry.content;
        in.skip(24);
        int width = in.u16();
        int height = in.u16();
        in.skip(ENTRY - 20);
        switch (entry.kind) {
            case "avc1", "avc3" -> {
                codec = VideoTrack.Codec.H264;
                setup = require(in, "avcC").rest();
            }
            case "vp08" -> codec = VideoTrack.Codec.VP8;
            case "jpeg" -> codec = VideoTrack.Codec.JPEG;
            case "hvc1", "hev1", "dvh1", "dvhe" -> throw RefusedClip.unsupported("HEVC");
            case "vp09" -> throw RefusedClip.unsupported("VP9");
            case "av01" -> throw RefusedClip.unsupported("AV1");
            default -> throw RefusedClip.unsupported("the codec " + printable(entry.kind));
        }
        limits.admit(width, height);
    }

    static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    /** The tables of a file that is not in fragments; all of them empty in one that is. */
    private void samples(Slice table) throws RefusedClip {
        Slice sizes = require(table, "stsz");
        sizes.skip(4);
        long same = sizes.u32();
        long count = sizes.u32();
        if (count > limits.maxPackets()) {
            throw tooMany(count);
        }
        long[] shown = times(table, (int) count);
        Optional<Slice> narrow = find(table, "stco");
        Slice chunks = narrow.isPresent() ? narrow.get() : require(table, "co64");
        chunks.skip(4);
        long chunkCount = chunks.u32();
        Slice runs = require(table, "stsc");
        runs.skip(4);
        long runCount = runs.u32();
        long perChunk = 0;
        long nextRun = runCount > 0 ? runs.u32() : 0;
        int sample = 0;
        for (long chunk = 1; chunk <= chunkCount && sample < count; chunk++) {
            if (runCount > 0 && chunk == nextRun) {
                perChunk = runs.u32();
                runs.skip(4);
                nextRun = --runCount > 0 ? runs.u32() : 0;
            }
            if (perChunk == 0) {
                // Otherwise a table of empty chunks would be gone through for nothing.
                throw RefusedClip.corrupt("a chunk without pictures");
            }
            long at = narrow.isPresent() ? chunks.u32() : chunks.i64();
            for (long i = 0; i < perChunk && sample < count; i++) {
                long size = same == 0 ? sizes.u32() : same;
                add(at, size, shown[sample]);
                at += size;
                sample++;
            }
        }
        if (sample < count) {
            throw RefusedClip.corrupt("%d pictures of %d have a place".formatted(sample, count));
        }
    }

    private long[] times(Slice table, int count) throws RefusedClip {
        long[] shown = new long[count];
        Slice lengths = require(table, "stts");
        lengths.skip(4);
        long runs = lengths.u32();
        long time = 0;
        int sample = 0;
        for (long i = 0; i < runs && sample < count; i++) {
            long length = lengths.u32();
            long each = lengths.u32();
            for (long j = 0; j < length && sample < count; j++) {
                shown[sample++] = time;
                time += each;
            }
        }
        if (sample < count) {
            throw RefusedClip.corrupt("%d pictures of %d have a time".formatted(sample, count));
        }
        Optional<Slice> found = find(table, "ctts");
        if (found.isPresent()) {
            Slice offsets = found.get();
            offsets.skip(4);
            long left = offsets.u32();
            sample = 0;
            for (; left > 0 && sample < count; left--) {
                long length = offsets.u32();
                int offset = offsets.i32();
                for (long j = 0; j < length && sample < count; j++) {
                    shown[sample++] += offset;
                }
            }
        }
        return shown;
    }

    private void fragment(Slice moof, int base) throws RefusedClip {
        for (Box box = next(moof); box != null; box = next(moof)) {
            if (box.kind.equals("traf")) {
                fragmentOfTrack(box.content, base);
            }
        }
    }

    private void fragmentOfTrack(Slice traf, int moof) throws RefusedClip {
        Slice head = require(traf, "tfhd");
        int flags = head.i32() & 0xFFFFFF;
        if (codec == null || head.u32() != number) {
            return;
        }
        long base = (flags & 1) != 0 ? head.i64() : moof;
        head.skip((flags & 2) != 0 ? 4 : 0);
        long length = (flags & 8) != 0 ? head.u32() : usualLength;
        long size = (flags & 0x10) != 0 ? head.u32() : usualSize;
        Optional<Slice> time = find(traf, "tfdt");
        if (time.isPresent()) {
            boolean wide = time.get().u8() == 1;
            time.get().skip(3);
            fragmentTime = wide ? time.get().i64() : time.get().u32();
        }
        long at = base;
        for (Box box = next(traf); box != null; box = next(traf)) {
            if (box.kind.equals("trun")) {
                at = run(box.content, base, at, length, size);
            }
        }
    }

    /** @return where the next run begins unless it says so itself */
    private long run(Slice box, long base, long behind, long usual, long usualBytes) throws RefusedClip {
        int flags = box.i32() & 0xFFFFFF;
        long count = box.u32();
        if (count > limits.maxPackets()) {
            throw tooMany(count);
        }
        long at = (flags & 1) != 0 ? base + box.i32() : behind;
        box.skip((flags & 4) != 0 ? 4 : 0);
        for (long i = 0; i < count; i++) {
            long length = (flags & 0x100) != 0 ? box.u32() : usual;
            long size = (flags & 0x200) != 0 ? box.u32() : usualBytes;
            box.skip((flags & 0x400) != 0 ? 4 : 0);
            int offset = (flags & 0x800) != 0 ? box.i32() : 0;
            add(at, size, fragmentTime + offset);
            at += size;
            fragmentTime += length;
        }
        return at;
    }

    private void add(long at, long size, long ticks) throws RefusedClip {
        if (packets.size() >= limits.maxPackets()) {
            throw tooMany(packets.size() + 1L);
        }
        if (at < 0 || size < 0 || size > clip.length || at > clip.length - size) {
            throw RefusedClip.corrupt("a picture lies beyond the end of the clip");
        }
        taken += size;
        if (taken > clip.length) {
            // Otherwise all pictures could be the whole clip, which would be gone through once for each.
            throw RefusedClip.corrupt("pictures share their bytes");
        }
        double micros = ticks * 1e6 / scale;
        if (Math.abs(micros) > Long.MAX_VALUE / 4.0) {
            throw RefusedClip.corrupt("a time that cannot be");
        }
        packets.add(new Packet((int) at, (int) size, Math.round(micros)));
    }

    private RefusedClip tooMany(long count) {
        return new RefusedClip(
                ClipProblem.TOO_LONG, "%d pictures; at most %d are decoded".formatted(count, limits.maxPackets()));
    }
}
