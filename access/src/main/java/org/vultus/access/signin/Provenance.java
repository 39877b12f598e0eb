package org.vultus.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.liveness.FrameSequence;

/**
 * What tells whether a camera took the frames of a session, one after the other and since it was opened: looked at under every policy.
 * For one thread at a time.
 */
final class Provenance {
    /** Frames from a program come by the clock; those of a camera over a network waver by milliseconds. */
    private static final double CONSTANT_MS = 0.5;

    private static final int FRAMES_TO_TELL = 15;
    /** Of each kind, that are kept. */
    private static final int MOST_VALUES = 300;

    private final FrameSequence frames = new FrameSequence();
    private final List<Long> intervals = new ArrayList<>();
    private final Instant opened;
    private Instant last;
    private boolean any;
    private @Nullable Instant lastArrived;
    private final List<Double> still = new ArrayList<>();
    private @Nullable FrameMark before;
    private int older;
    private int backward;
    private @Nullable CameraLabel camera;
    private boolean replayed;

    /** @param opened when the session was, and its nonce made: what was taken before cannot be an answer to it */
    Provenance(Instant opened) {
        this.opened = opened;
        this.last = opened;
    }

    FrameSequence frames() {
        return frames;
    }

    /** When the latest frame was taken that could be of this session. */
    Instant last() {
        return last;
    }

    /** Whether a frame was taken after the session was opened, and not before the frame that came before it. */
    boolean inTime(Instant taken) {
        if (taken.isBefore(last)) {
            backward += any ? 1 : 0;
            older += any ? 0 : 1;
            return false;
        }
        any = true;
        last = taken;
        return true;
    }

    /**
     * A frame with a face, which was {@linkplain #inTime in time}.
     *
     * @param arrived its intervals are told by arrivals and not by when frames were taken: a good camera takes them by the clock
     * @return whether it is news
     */
    boolean add(FrameMark frame, Instant arrived) {
        if (lastArrived != null && intervals.size() < MOST_VALUES) {
            intervals.add(Duration.between(lastArrived, arrived).toMillis());
        }
        lastArrived = arrived;
        boolean news = frames.add(frame, Duration.between(opened, last).toMillis());
        if (news) {
            double same = before == null ? Double.NaN : frame.grain().sameAs(before.grain());
            if (!Double.isNaN(same) && still.size() < MOST_VALUES) {
                still.add(same);
            }
            before = frame;
        }
        return news;
    }

    /** Takes note that its frames were those of one of the person's last accepted sessions. */
    void replayed() {
        replayed = true;
    }

    void camera(CameraLabel label) {
        camera = label;
    }

    /** What speaks for frames that no camera took: recorded, and whoever shows any is forgiven nothing. */
    Set<String> injectionSignals() {
        Set<String> signals = new TreeSet<>();
        if (camera != null && camera.isVirtual()) {
            signals.add("VIRTUAL_CAMERA");
        }
        if (intervals.size() >= FRAMES_TO_TELL && spread() < CONSTANT_MS) {
            signals.add("CONSTANT_INTERVALS");
        }
        return signals;
    }

    private double spread() {
        double mean = intervals.stream().mapToLong(i -> i).average().orElse(0);
        return Math.sqrt(intervals.stream()
                .mapToDouble(i -> (i - mean) * (i - mean))
                .average()
                .orElse(0));
    }

    /** For the audit log, never for a client. */
    SortedMap<String, String> evidence() {
        TreeMap<String, String> evidence = new TreeMap<>();
        evidence.put("frames", frames.told());
        if (older + backward > 0) {
            evidence.put("untimely", "%d older than the session, %d than the frame before".formatted(older, backward));
        }
        if (replayed) {
            evidence.put("replayed", "of an accepted session");
        }
        if (!intervals.isEmpty()) {
            evidence.put("interval_spread_ms", String.format(Locale.ROOT, "%.1f", spread()));
        }
        if (!still.isEmpty()) {
            double median = still.stream().sorted().toList().get((still.size() - 1) / 2);
            evidence.put("background_still", String.format(Locale.ROOT, "%.2f", median));
        }
        if (camera != null) {
            evidence.put("camera", camera.text());
        }
        Set<String> signals = injectionSignals();
        if (!signals.isEmpty()) {
            evidence.put("injection_signals", String.join(" ", signals));
        }
        return evidence;
    }
}
