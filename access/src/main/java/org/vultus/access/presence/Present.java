package org.vultus.access.presence;

import java.util.UUID;
import org.vultus.access.signin.LivingFace;
import org.vultus.access.subject.Subject;

/** Evidence that somebody was at a device. Only this package makes it, after a living face or a right PIN. */
public final class Present {
    /** How it was known. */
    public enum Means {
        FACE,
        PIN
    }

    private final Subject subject;
    private final Means means;
    private final UUID device;

    Present(Subject subject, Means means, UUID device) {
        this.subject = subject;
        this.means = means;
        this.device = device;
    }

    /** Somebody whom a session at a device identified. */
    public static Present seen(LivingFace face) {
        return new Present(face.subject(), Means.FACE, face.device());
    }

    public Subject subject() {
        return subject;
    }

    public Means means() {
        return means;
    }

    /** Where they were; evidence of one device is none at another. */
    public UUID device() {
        return device;
    }
}
