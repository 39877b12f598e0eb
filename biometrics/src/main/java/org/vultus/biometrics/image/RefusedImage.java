package org.vultus.biometrics.image;

import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;

/**
 * Ends the reading of a bad image inside this package; {@link ImageDecoder} turns it into a refusal, so that it never
 * leaves. Without a stack trace: a stranger can cause it as often as they like.
 */
final class RefusedImage extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedImage(Reason reason, String detail) {
        super(detail, null, false, false);
        this.refusal = new Refusal(reason, detail);
    }

    static RefusedImage corrupt(String detail) {
        return new RefusedImage(Reason.CORRUPT_IMAGE, detail);
    }

    Refusal refusal() {
        return refusal;
    }
}
