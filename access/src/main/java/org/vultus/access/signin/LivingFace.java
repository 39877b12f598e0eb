package org.vultus.access.signin;

import java.util.UUID;
import org.vultus.access.subject.Subject;

/**
 * Evidence that a living face at a device was somebody's. Only this package makes it. It is no sign-in: no token is issued for it.
 * Immutable.
 */
public final class LivingFace {
    private final Subject subject;
    private final UUID device;

    LivingFace(Subject subject, UUID device) {
        this.subject = subject;
        this.device = device;
    }

    public Subject subject() {
        return subject;
    }

    public UUID device() {
        return device;
    }

    @Override
    public String toString() {
        return "LivingFace[" + subject.id() + " at " + device + ']';
    }
}
