package org.vultus.access.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.signin.LivingFace;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.Thumbnail;

/** Evidence that somebody was at a device. Only this package makes it, after a living face, a right PIN or a known badge. */
public final class Present {
    /** How it was known. */
    public enum Means {
        FACE,
        PIN,
        BADGE
    }

    private final Subject subject;
    private final Means means;
    private final UUID device;
    private final Optional<Thumbnail> picture;

    Present(Subject subject, Means means, UUID device) {
        this(subject, means, device, Optional.empty());
    }

    Present(Subject subject, Means means, UUID device, Optional<Thumbnail> picture) {
        this.subject = subject;
        this.means = means;
        this.device = device;
        this.picture = picture;
    }

    /** Somebody whom a session at a device identified. */
    public static Present seen(LivingFace face) {
        return new Present(face.subject(), Means.FACE, face.device(), face.picture());
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

    /**
     * Keeps the picture that came with the face, where there is one and it may be kept.
     *
     * @return whether it was
     */
    public boolean prove(ProofOfPresence proofs, UUID event, Instant at) {
        return picture.filter(made -> proofs.keep(subject, made, event, at)).isPresent();
    }

    /** Overwrites the picture, where there is one; whoever takes the evidence calls it at the end. */
    public void wipe() {
        picture.ifPresent(Thumbnail::close);
    }
}
