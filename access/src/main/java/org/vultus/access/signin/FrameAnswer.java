package org.vultus.access.signin;

import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.liveness.Script;
import org.vultus.biometrics.outcome.Advice;

/** What a session answers to a frame. Holds no score that would tell an attacker whether he comes closer. */
public sealed interface FrameAnswer {

    /**
     * Go on.
     *
     * @param frame its number, from 1
     * @param accepted whether the frame counts
     * @param advice what to do better
     * @param quality 0 to 100 of the frame, when it got that far
     * @param good how many frames count so far
     * @param wanted how many are needed
     * @param prompt what the script asks for now; nothing where there is no script or it was followed
     */
    record Feedback(
            int frame,
            boolean accepted,
            List<Advice> advice,
            Optional<Integer> quality,
            int good,
            int wanted,
            Optional<Prompt> prompt)
            implements FrameAnswer {

        /** Of a session without a script. */
        public Feedback(
                int frame, boolean accepted, List<Advice> advice, Optional<Integer> quality, int good, int wanted) {
            this(frame, accepted, advice, quality, good, wanted, Optional.empty());
        }
    }

    /**
     * The script counts no more, and another takes its place.
     *
     * @param failed whether the one before was not followed; otherwise it was wished for
     */
    record Scripted(Script script, boolean failed) implements FrameAnswer {}

    /** It is known who it is. */
    record Accepted(Authenticated evidence) implements FrameAnswer {}

    /** It is known who it is, at a device that signs nobody in. */
    record Identified(LivingFace evidence) implements FrameAnswer {}

    /** The session is over without a sign-in. */
    record Refused(SignInRefusal reason) implements FrameAnswer {}
}
