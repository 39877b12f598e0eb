package org.vultus.access.signin;

import java.util.Optional;
import java.util.UUID;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.Thumbnail;

/**
 * Evidence that a living face at a device was somebody's. Only this package makes it. It is no sign-in: no token is issued for it.
 * Immutable.
 */
public final class LivingFace {
    private final Subject subject;
    private final UUID device;
    private final Optional<Thumbnail> picture;

    LivingFace(Subject subject, UUID device, Optional<Thumbnail> picture) {
        this.subject = subject;
        this.device = device;
        this.picture = picture;
    }

    public Subject subject() {
        return subject;
    }

    public UUID device() {
        return device;
    }

    /** Of a frame that was compared, where one may be wanted as proof; whoever takes the evidence wipes it. */
    public Optional<Thumbnail> picture() {
        return picture;
    }

    @Override
    public String toString() {
        return "LivingFace[" + subject.id() + " at " + device + ']';
    }
}
