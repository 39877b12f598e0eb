package org.vultus.biometrics.liveness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far one session is another one shown again: laid over it by one distance in time, a recording agrees with itself wherever both were looked
 * at, whichever of its frames each of them saw. Somebody who does the same thing once more does it at other intervals.
 */
final class InStep {
    /** Frames of two sessions show the same moment within this: a session looks ten times a second, and stamps waver. */
    private static final long SAME_MOMENT_MS = 80;

    /** From one distance that is tried to the next; less than that, so that none is missed. */
    private static final long STEP_MS = 50;

    /** A frame as the time at which it was taken and its {@link PerceptualHash}. */
    record Frame(long at, long hash) {
        boolean looksLike(Frame other) {
            return PerceptualHash.distance(hash, other.hash) <= FrameSequence.SAME_BITS;
        }
    }

    private InStep() {}

    /** How many changes of the one agree with the other, at the distance in time at which most do. */
    static int most(List<Frame> one, List<Frame> other) {
        Set<Long> distances = new HashSet<>();
        for (Frame frame : one) {
            for (Frame before : other) {
                if (frame.looksLike(before)) {
                    distances.add(Math.round((before.at() - frame.at()) / (double) STEP_MS));
                }
            }
        }
        List<Frame> mine = sorted(one);
        List<Frame> others = sorted(other);
        return distances.stream()
                .mapToInt(steps -> changes(mine, others, STEP_MS * steps))
                .max()
                .orElse(0);
    }

    private static List<Frame> sorted(List<Frame> frames) {
        List<Frame> sorted = new ArrayList<>(frames);
        sorted.sort(Comparator.comparingLong(Frame::at));
        return sorted;
    }

    /**
     * The most changes that agree. A frame takes one back where the other session looked and saw something else, and counts for nothing where
     * it did not look.
     */
    private static int changes(List<Frame> one, List<Frame> other, long distance) {
        int most = 0;
        int agreed = 0;
        int first = 0;
        Frame counted = null;
        for (Frame frame : one) {
            long moment = frame.at() + distance;
            while (first < other.size() && other.get(first).at() < moment - SAME_MOMENT_MS) {
                first++;
            }
            boolean looked = false;
            boolean saw = false;
            for (int i = first; i < other.size() && other.get(i).at() <= moment + SAME_MOMENT_MS; i++) {
                looked = true;
                saw |= frame.looksLike(other.get(i));
            }
            if (saw && (counted == null || !frame.looksLike(counted))) {
                agreed++;
                counted = frame;
                most = Math.max(most, agreed);
            } else if (looked && !saw && agreed > 0) {
                agreed--;
                counted = agreed == 0 ? null : counted;
            }
        }
        return most;
    }
}
