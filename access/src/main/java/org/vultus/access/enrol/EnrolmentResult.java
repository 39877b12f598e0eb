package org.vultus.access.enrol;

import java.util.List;
import java.util.UUID;
import org.vultus.biometrics.outcome.Refusal;

/** What became of an enrolment. */
public sealed interface EnrolmentResult {

    /** @param quality mean of the images used, 0 to 100 */
    record Enrolled(UUID enrolment, int quality, int used, List<ImageVerdict> images) implements EnrolmentResult {}

    /** No template could be made of the images. */
    record ImagesRefused(Refusal refusal, List<ImageVerdict> images) implements EnrolmentResult {}

    /**
     * Somebody who is enrolled already looks very much the same. Nothing was kept; the officer checks who stands there and may
     * confirm that these are two people. The other's name is not told.
     */
    record PossibleDuplicate(List<ImageVerdict> images) implements EnrolmentResult {}

    /** Nothing was looked at: no legal basis is in force. */
    record NoLegalBasis() implements EnrolmentResult {}

    /** Nothing was looked at: there is nobody of that identifier within the caller's scope. */
    record UnknownSubject() implements EnrolmentResult {}

    /** Nothing was looked at: the person is deactivated. */
    record Inactive() implements EnrolmentResult {}
}
