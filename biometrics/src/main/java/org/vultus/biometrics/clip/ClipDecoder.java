package org.vultus.biometrics.clip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.vultus.biometrics.image.CapturedSample;

/**
 * From a stranger's clip to some of its pictures, or to the reason why not; no input makes it throw, wait or take more than its limits. MP4 and
 * QuickTime, WebM and Matroska, told apart by their first bytes; progressive H.264, VP8 and motion JPEG.
 *
 * <p>Order of judgement: length; container; number of pictures, their places and times; size by the container and again by the codec's
 * header. Only then is anything decoded, each picture once and those that nobody looks at not at all where the codec allows. A picture that cannot be
 * decoded to its last macroblock ends it: half a clip is not a clip.
 *
 * <p>Nothing is written anywhere. Pictures that are not handed on are overwritten; the clip's bytes stay the caller's. Thread-safe; runs on the
 * caller's thread, which it leaves after {@link ClipLimits#patience()}, judged after each picture, or when it is interrupted. Takes at most as much memory as
 * 18 pictures for the codec's references beside those that are handed on.
 */
public final class ClipDecoder {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ClipLimits limits;
    private final LongSupplier nanos;

    public ClipDecoder(ClipLimits limits) {
        this(limits, System::nanoTime);
    }

    /** @param nanos a clock for the patience */
    ClipDecoder(ClipLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /** @param clip not changed, and the caller's to wipe */
    public ClipReading read(byte[] clip) {
        try {
            VideoTrack track = track(clip);
            List<Packet> shown = track.packets().stream()
                    .sorted(Comparator.comparingLong(Packet::micros))
                    .toList();
            requireShort(shown);
            try (PictureSource source = source(clip, track)) {
                return new ClipReading.Read(decode(track, source, choose(shown, source)));
            }
        } catch (RefusedClip refused) {
            return refused.refusal();
        }
    }

    private VideoTrack track(byte[] clip) throws RefusedClip {
        if (clip.length == 0) {
            throw new RefusedClip(ClipProblem.EMPTY, "no bytes");
        }
        if (clip.length > limits.maxBytes()) {
            throw new RefusedClip(
                    ClipProblem.TOO_MANY_BYTES,
                    "%d bytes; at most %d are looked at".formatted(clip.length, limits.maxBytes()));
        }
        if (Mp4Clip.isOne(clip)) {
            return Mp4Clip.read(clip, limits);
        }
        if (WebmClip.isOne(clip)) {
            return WebmClip.read(clip, limits);
        }
        throw RefusedClip.unsupported("not MP4, QuickTime, WebM or Matroska");
    }

    private PictureSource source(byte[] clip, VideoTrack track) throws RefusedClip {
        return switch (track.codec()) {
            case H264 -> new H264Pictures(clip, track.setup(), track.turn(), limits);
            case VP8 -> new Vp8Pictures(clip, track.turn(), limits);
            case JPEG -> new JpegPictures(clip);
        };
    }

    private void requireShort(List<Packet> shown) throws RefusedClip {
        if (shown.isEmpty()) {
            throw new RefusedClip(ClipProblem.EMPTY, "no picture in it");
        }
        long first = shown.getFirst().micros();
        long length = shown.getLast().micros() - first;
        if (length > limits.maxDuration().toNanos() / 1_000) {
            throw new RefusedClip(
                    ClipProblem.TOO_LONG,
                    "%d ms; at most %d are looked at"
                            .formatted(length / 1_000, limits.maxDuration().toMillis()));
        }
    }

    /**
     * Some of the pictures, spread evenly, and their times in microseconds since the first. Where there are enough of those that others are
     * made from, no others: these have to be decoded anyway.
     */
    private Map<Packet, Long> choose(List<Packet> shown, PictureSource source) throws RefusedClip {
        List<Packet> needed = new ArrayList<>();
        for (Packet packet : shown) {
            if (!source.disposable(packet)) {
                needed.add(packet);
            }
        }
        List<Packet> candidates = needed.size() < limits.pictures() ? shown : needed;
        long first = shown.getFirst().micros();
        long length = shown.getLast().micros() - first;
        long apart = Math.max(limits.between().toNanos() / 1_000, length / limits.pictures());
        Map<Packet, Long> wanted = new HashMap<>();
        long next = 0;
        for (Packet packet : candidates) {
            long at = packet.micros() - first;
            if (at >= next && wanted.size() < limits.pictures()) {
                wanted.put(packet, at);
                // The grid stays where it is, however the pictures lie on it.
                next = Math.max(at + limits.between().toNanos() / 1_000, (at / apart + 1) * apart);
            }
        }
        return wanted;
    }

    private Clip decode(VideoTrack track, PictureSource source, Map<Packet, Long> wanted) throws RefusedClip {
        TreeMap<Long, CapturedSample> pictures = new TreeMap<>();
        Set<Packet> left = new HashSet<>(wanted.keySet());
        long begin = nanos.getAsLong();
        boolean whole = false;
        try {
            for (Packet packet : track.packets()) {
                if (left.isEmpty()) {
                    break;
                }
                if (nanos.getAsLong() - begin > limits.patience().toNanos()
                        || Thread.currentThread().isInterrupted()) {
                    throw new RefusedClip(
                            ClipProblem.TOO_COSTLY,
                            "not decoded within %d s"
                                    .formatted(limits.patience().dividedBy(SECOND)));
                }
                boolean look = left.remove(packet);
                if (!look && source.disposable(packet)) {
                    continue;
                }
                if (source.decode(packet) && look) {
                    pictures.put(wanted.get(packet), source.picture());
                }
            }
            if (pictures.isEmpty()) {
                throw new RefusedClip(ClipProblem.EMPTY, "no picture in it is shown");
            }
            whole = true;
        } finally {
            if (!whole) {
                pictures.values().forEach(CapturedSample::close);
            }
        }
        List<Clip.Picture> read = new ArrayList<>();
        pictures.forEach((micros, sample) -> read.add(new Clip.Picture(sample, Duration.ofNanos(micros * 1_000))));
        return new Clip(read);
    }
}
