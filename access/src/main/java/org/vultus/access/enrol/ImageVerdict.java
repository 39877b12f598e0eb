package org.vultus.access.enrol;

import java.util.List;
import java.util.Optional;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;

/**
 * What was found of one image, in the order they came.
 *
 * @param index from 0
 * @param reason why it cannot be used; empty when it can
 * @param detail one sentence about that, with numbers
 * @param advice what to do; may also hold hints for an image that was good enough
 * @param quality 0 to 100, when it got that far
 */
public record ImageVerdict(
        int index, Optional<Reason> reason, Optional<String> detail, List<Advice> advice, Optional<Integer> quality) {

    public ImageVerdict {
        advice = List.copyOf(advice);
    }

    public boolean accepted() {
        return reason.isEmpty();
    }

    /** The verdict on an image by itself. */
    public static ImageVerdict of(int index, Outcome<BiometricProbe> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<BiometricProbe>(BiometricProbe probe) ->
                new ImageVerdict(
                        index,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(probe.face().quality().unified()));
            case Outcome.Refused<BiometricProbe>(Refusal refusal) ->
                new ImageVerdict(
                        index,
                        Optional.of(refusal.reason()),
                        Optional.of(refusal.detail()),
                        refusal.hints(),
                        Optional.empty());
        };
    }

    /** The same image, good by itself and yet not to be used with the others. */
    ImageVerdict butRefused(Reason why, String detail) {
        return new ImageVerdict(index, Optional.of(why), Optional.of(detail), List.of(why.advice()), quality);
    }
}
