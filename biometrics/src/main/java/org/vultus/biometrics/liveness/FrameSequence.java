package org.vultus.biometrics.liveness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one session as what of their {@link FrameMark} tells them apart, to notice recordings. A camera repeats its last frame when it
 * is asked too often; what it never does is to come back to an older one. Holds at most {@value #MOST} frames. For one thread at a time.
 */
public final class FrameSequence {
    private static final int MOST = 300;

    /** Each compression changes up to 2 of the 64 bits of a frame. */
    static final int SAME_BITS = 4;

    /** Between neighbouring frames of a moving head; on a still one it is 0 to 2, up to 8 when the landmarks jump. */
    private static final int MOVING_BITS = 6;

    /** So many frames in motion in the same places in the same order; two turns of one head never agree so long. */
    private static final int LOOPED_FRAMES = 5;

    /**
     * So many changes in step with another session. Of 4,259 pairs of parts of one recording 17 came so far
     * (docs/results/webrtc.md).
     */
    private static final int REPLAYED_CHANGES = 6;

    /**
     * From here on two sessions move alike ({@link MovedAlike}). Of 4,259 pairs of parts of one recording it took none that the hashes
     * had not taken (docs/results/webrtc.md).
     */
    static final double REPLAYED_MOVEMENT = 1.8;

    /** One could be a chance of the client, which sends a frame twice with another between. */
    private static final int EXACT_REPEATS = 2;

    private final List<Long> digests = new ArrayList<>();
    private final List<Long> hashes = new ArrayList<>();
    private final List<InStep.Frame> moments = new ArrayList<>();
    private final List<MovedAlike.Moment> movement = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private @Nullable Long last;
    private int repeated;
    private int returned;

    /**
     * @param at when it was taken, in milliseconds since any moment of this session
     * @return whether it is news; what was there before is none, and no more evidence than it was
     */
    public boolean add(FrameMark frame, long at) {
        boolean news = add(frame.pixels(), frame.look(), at);
        if (news && frame.posture().known() && movement.size() < MOST) {
            movement.add(new MovedAlike.Moment(at, frame.posture()));
        }
        return news;
    }

    /**
     * As {@link #add(FrameMark, long)}.
     *
     * @param digest equal for the very same frame only
     * @param hash see {@link PerceptualHash}
     */
    public boolean add(long digest, long hash, long at) {
        boolean again = last != null && last == digest;
        last = digest;
        if (!known.add(digest)) {
            repeated += again ? 1 : 0;
            returned += again ? 0 : 1;
            return false;
        }
        if (digests.size() < MOST) {
            digests.add(digest);
            hashes.add(hash);
            moments.add(new InStep.Frame(at, hash));
        }
        return true;
    }

    public int frames() {
        return digests.size();
    }

    /** How often the frame before came once more. */
    public int repeated() {
        return repeated;
    }

    /** How often an older frame came back, pixel for pixel. */
    public int returned() {
        return returned;
    }

    /** Whether a frame was there before. */
    public boolean repeats() {
        return repeated + returned > 0;
    }

    /** How many there were and came again; for the audit trail. */
    public String told() {
        return "%d, %d repeated, %d returned".formatted(frames(), repeated, returned);
    }

    /** Whether the session shows a recording that began again. */
    public boolean loops() {
        return returned >= EXACT_REPEATS || longestLoop() >= LOOPED_FRAMES;
    }

    /** Whether this session shows frames of that other one. */
    public boolean replays(FrameSequence other) {
        long exact = digests.stream().filter(other.known::contains).count();
        return exact >= EXACT_REPEATS
                || InStep.most(moments, other.moments) >= REPLAYED_CHANGES
                || MovedAlike.most(movement, other.movement) >= REPLAYED_MOVEMENT;
    }

    private int longestLoop() {
        int longest = 0;
        for (int lag = LOOPED_FRAMES; lag < hashes.size(); lag++) {
            int run = 0;
            for (int i = 1; i + lag < hashes.size(); i++) {
                run = continued(run, moving(hashes, i), same(hashes.get(i), hashes.get(i + lag)));
                longest = Math.max(longest, run);
            }
        }
        return longest;
    }

    /** Frames of a still head agree with everything and count for nothing. */
    private static int continued(int run, boolean moving, boolean same) {
        return same ? run + (moving ? 1 : 0) : 0;
    }

    private static boolean moving(List<Long> hashes, int i) {
        return PerceptualHash.distance(hashes.get(i - 1), hashes.get(i)) >= MOVING_BITS;
    }

    private static boolean same(long a, long b) {
        return PerceptualHash.distance(a, b) <= SAME_BITS;
    }
}
