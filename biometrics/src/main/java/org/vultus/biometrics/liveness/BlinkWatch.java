package org.vultus.biometrics.liveness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blink: the eyes close and open again within a blink's time, and stay open, while the head is still. Against a baseline of the
 * person's own open eyes, so that narrow eyes and glasses do not matter. A photo that is tilted loses eye height too, slowly and without
 * the eye-state network's consent.
 */
final class BlinkWatch implements Watch {
    /** How much of the past tells what open eyes look like. */
    private static final long BASELINE_MS = 3_000;

    /** Observations before anything counts. */
    private static final int BASELINE_FRAMES = 3;

    /** On a recorded clip of four blinks the ratio falls to 0.57 to 0.64 of its baseline, and rises past 0.85 in two frames. */
    private static final double CLOSED = 0.78;

    private static final double OPEN = 0.84;

    /** Of the widest baseline of the session: who keeps the eyes shut does not make shut eyes the baseline. A bowed head's are at 0.71. */
    private static final double FLOOR = 0.7;

    /** Blinks take 100 to 400 ms (Stern et al., "The endogenous eyeblink", 1984); asked-for ones are slower. A
     * frame's time is rounded, so a little less than 100. */
    private static final long SHORTEST_MS = 90;

    private static final long LONGEST_MS = 700;

    /** A pause without a frame in which the eyes might have done anything. */
    private static final long GAP_MS = 600;

    /** Beyond this the far eye is seen from the side, and the ratio means nothing. */
    private static final double FRONTAL_YAW = 25;

    /** What the head may move in a blink: degrees of the pose network, and of its size. */
    private static final double STILL_DEGREES = 12;

    private static final double STILL_SIZE = 0.15;

    /** The network's word counts where it takes the open eyes for open; in small faces it does not. */
    private static final double NETWORK_KNOWS = 0.6;

    private record Past(long at, double aspect, double open) {}

    private final Deque<Past> past = new ArrayDeque<>();
    private @Nullable FaceObservation lastOpen;
    private long firstClosed = -1;
    private long lastClosed;
    private long before;
    private double networkLowest;
    private double widest;
    private boolean moved;
    private @Nullable FaceObservation openAgain;

    @Override
    public Optional<SeenGesture> see(FaceObservation now) {
        if (!past.isEmpty() && now.at() - past.getLast().at() > GAP_MS) {
            reset();
        }
        if (Math.abs(now.pose().yaw()) > FRONTAL_YAW) {
            firstClosed = -1;
            openAgain = null;
            return Optional.empty();
        }
        double aspect = now.landmarks().eyeAspect();
        past.add(new Past(now.at(), aspect, now.eyesOpen()));
        while (now.at() - past.getFirst().at() > BASELINE_MS) {
            past.removeFirst();
        }
        FaceObservation open = lastOpen;
        if (past.size() < BASELINE_FRAMES || open == null) {
            lastOpen = now;
            return Optional.empty();
        }
        double[] aspects = past.stream().mapToDouble(Past::aspect).sorted().toArray();
        double recent = aspects[aspects.length * 3 / 4];
        widest = Math.max(widest, recent);
        double baseline = Math.max(recent, FLOOR * widest);
        if (aspect < CLOSED * baseline) {
            close(now, open);
            return Optional.empty();
        }
        if (firstClosed < 0) {
            if (aspect >= OPEN * baseline) {
                lastOpen = now;
            }
            return Optional.empty();
        }
        networkLowest = Math.min(networkLowest, now.eyesOpen());
        moved |= headMoved(open, now);
        if (aspect < OPEN * baseline) {
            openAgain = null;
            return Optional.empty();
        }
        FaceObservation opened = openAgain;
        if (opened == null) {
            // Of lids that are half shut the landmarks are now open, now closed, frame by frame.
            openAgain = now;
            return Optional.empty();
        }
        // Frames tell no more of when the lids moved than between which two of them.
        long shortest = lastClosed - firstClosed;
        long longest = opened.at() - before;
        boolean blink = shortest <= LONGEST_MS && longest >= SHORTEST_MS && !moved && networkAgrees();
        SeenGesture seen = new SeenGesture(Gesture.BLINK, before, opened.at());
        firstClosed = -1;
        openAgain = null;
        lastOpen = now;
        return blink ? Optional.of(seen) : Optional.empty();
    }

    private void close(FaceObservation now, FaceObservation open) {
        if (firstClosed < 0) {
            firstClosed = now.at();
            before = open.at();
            networkLowest = 1;
            moved = false;
        }
        lastClosed = now.at();
        openAgain = null;
        networkLowest = Math.min(networkLowest, now.eyesOpen());
        moved |= headMoved(open, now);
    }

    private static boolean headMoved(FaceObservation open, FaceObservation now) {
        return Math.abs(now.pose().pitch() - open.pose().pitch()) > STILL_DEGREES
                || Math.abs(now.pose().yaw() - open.pose().yaw()) > STILL_DEGREES
                || Math.abs(now.nearness() / Math.max(1, open.nearness()) - 1) > STILL_SIZE;
    }

    private boolean networkAgrees() {
        double[] opens = past.stream().mapToDouble(Past::open).sorted().toArray();
        double baseline = opens[opens.length * 3 / 4];
        return baseline < NETWORK_KNOWS || networkLowest < baseline / 2;
    }

    private void reset() {
        past.clear();
        lastOpen = null;
        openAgain = null;
        firstClosed = -1;
    }
}
