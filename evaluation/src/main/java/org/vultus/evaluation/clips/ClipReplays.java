package org.vultus.evaluation.clips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.vultus.biometrics.liveness.FrameSequence;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.evaluation.clips.ReplayMetrics.Counts;

/** Pairs of sessions on one clip: an accepted one, and after it one that is shown a copy, of the same moments or of others. */
public final class ClipReplays {
    private static final long SEED = 1;

    /** In seconds, of the accepted session and of the one after it. */
    private static final int[][] DURATIONS = {{2, 2}, {3, 3}, {6, 6}, {2, 5}, {5, 2}};

    private static final double[] SHARES = {1, 0.6, 0.4};

    private final ClipLook clip;
    private final ClipLook copy;
    private final int pairs;

    /** Of its own for each clip, so that its figures do not depend on the rest of the list. */
    private final Random random = new Random(SEED);

    private ClipReplays(ClipLook clip, ClipLook copy, int pairs) {
        this.clip = clip;
        this.copy = copy;
        this.pairs = pairs;
    }

    /** @param pairs how many are drawn of each kind for each cell */
    public static ReplayMetrics.Clip of(ClipList.Clip listed, int pairs, FaceEngine engine) throws IOException {
        ClipLook clip = ClipLook.of(listed.path(), engine);
        ClipLook copy = ClipLook.ofCopy(listed.path(), engine);
        return new ReplayMetrics.Clip(
                listed.file(),
                clip.marks().size(),
                clip.withFace(),
                copy.marks().size(),
                copy.withFace(),
                new ClipReplays(clip, copy, pairs).cells());
    }

    private List<ReplayMetrics.Cell> cells() {
        List<ReplayMetrics.Cell> cells = new ArrayList<>();
        for (int[] seconds : DURATIONS) {
            for (double share : SHARES) {
                cells.add(new ReplayMetrics.Cell(seconds[0], seconds[1], share, counts(seconds[0], seconds[1], share)));
            }
        }
        return cells;
    }

    private Counts counts(int firstSeconds, int secondSeconds, double share) {
        double first = 1_000.0 * firstSeconds;
        double second = 1_000.0 * secondSeconds;
        List<Boolean> replays = new ArrayList<>();
        List<Boolean> others = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            SessionWindow.replay(clip.length(), first, second, random)
                    .flatMap(pair -> recognised(pair, share))
                    .ifPresent(replays::add);
            SessionWindow.apart(clip.length(), first, second, random)
                    .flatMap(pair -> recognised(pair, share))
                    .ifPresent(others::add);
        }
        return new Counts(replays.size(), yes(replays), others.size(), yes(others));
    }

    /** Empty when one of the two saw no face: nobody signs in by it. */
    private Optional<Boolean> recognised(SessionWindow.Pair pair, double share) {
        FrameSequence accepted = clip.session(pair.first(), share, random);
        FrameSequence next = copy.session(pair.second(), share, random);
        return accepted.frames() == 0 || next.frames() == 0 ? Optional.empty() : Optional.of(next.replays(accepted));
    }

    private static int yes(List<Boolean> answers) {
        return (int) answers.stream().filter(answer -> answer).count();
    }
}
