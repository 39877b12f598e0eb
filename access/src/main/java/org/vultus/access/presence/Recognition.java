package org.vultus.access.presence;

import java.time.Duration;
import java.util.List;
import org.vultus.biometrics.outcome.Advice;

/** What came of looking at somebody. */
public sealed interface Recognition {

    record Recognised(Present present) implements Recognition {}

    /** A stranger, somebody without a legal basis or deactivated, a wrong PIN, or no living face: it is not told which. */
    record NotRecognised() implements Recognition {}

    /**
     * There were too few good frames to decide.
     *
     * @param advice what to do better, of the frames that were no good; each once
     */
    record MoreFrames(List<Advice> advice, int good, int wanted) implements Recognition {}

    /** No department of the device lets faces be identified by a few frames, or they have too many people for the bound. */
    record NotAvailable() implements Recognition {}

    /** Too many failures before. */
    record Locked(Duration remaining) implements Recognition {}
}
