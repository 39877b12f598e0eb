package org.vultus.evaluation.clips;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.Sides;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.FrameMark;
import org.vultus.biometrics.liveness.FrameSequence;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.pipeline.ObservedFrame;

/**
 * What the frames of a clip look like to the recognition of recordings; sessions are cut from it without looking at the clip again.
 *
 * @param begins when its first frame is shown, in milliseconds of the clip
 * @param marks of its frames, {@value #BETWEEN_MS} ms from one to the next; empty where there is not one face
 */
record ClipLook(int begins, List<Optional<FrameMark>> marks) {
    private static final int BETWEEN_MS = 50;
    private static final double RATE = 1_000.0 / BETWEEN_MS;

    static ClipLook of(Path clip, FaceEngine engine) throws IOException {
        List<Optional<FrameMark>> marks = new ArrayList<>();
        ClipFrames.read(clip, RATE, (jpeg, at) -> marks.add(mark(engine, jpeg, at)));
        return new ClipLook(0, marks);
    }

    /** At a copy that was compressed once more, and at other moments of it. */
    static ClipLook ofCopy(Path clip, FaceEngine engine) throws IOException {
        List<Optional<FrameMark>> marks = new ArrayList<>();
        ClipFrames.readCopy(clip, RATE, (jpeg, at) -> marks.add(mark(engine, jpeg, at)));
        return new ClipLook(ClipFrames.COPY_LATER_MS, marks);
    }

    private static Optional<FrameMark> mark(FaceEngine engine, byte[] jpeg, long at) {
        try (CapturedSample sample = new CapturedSample(jpeg)) {
            return switch (engine.observe(
                    sample, FaceSelection.SingleFace.TOLERATE_BACKGROUND, at, face -> false, Sides.BOTH)) {
                case Outcome.Refused<ObservedFrame> _ -> Optional.empty();
                case Outcome.Accepted<ObservedFrame>(ObservedFrame frame) ->
                    Optional.of(frame.observation().mark());
            };
        }
    }

    /** In milliseconds. */
    double length() {
        return BETWEEN_MS * (double) marks.size();
    }

    int withFace() {
        return (int) marks.stream().filter(Optional::isPresent).count();
    }

    /** The session that each time sees the newest picture. */
    FrameSequence session(SessionWindow window, double share, Random random) {
        FrameSequence session = new FrameSequence();
        for (double look : window.looks(share, random)) {
            int newest = (int) Math.floor((window.from() + look - begins) / BETWEEN_MS);
            if (newest >= 0 && newest < marks.size()) {
                marks.get(newest).ifPresent(mark -> session.add(mark, Math.round(look)));
            }
        }
        return session;
    }
}
