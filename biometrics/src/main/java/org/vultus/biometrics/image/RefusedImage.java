package org.vultus.biometrics.image;

import org.vultus.biometrics.outcome.Reason;

/**
 * Ends the reading of a bad image inside this package; {@link ImageDecoder} turns it into a refusal, so that it never
 * leaves. Without a stack trace: a stranger can cause it as often as they like.
 */
final class RefusedImage extends Exception {
    private final Reason reason;

    RefusedImage(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    static RefusedImage corrupt(String detail) {
        return new RefusedImage(Reason.CORRUPT_IMAGE, detail);
    }

    Reason reason() {
        return reason;
    }
}
