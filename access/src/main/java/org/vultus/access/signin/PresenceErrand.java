package org.vultus.access.signin;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.biometrics.match.Candidate;

/** Being seen at a device: the same evidence of a living face as for a sign-in, and no token. */
final class PresenceErrand implements Errand {
    private final FaceSignIn signIn;
    private final UUID session;
    private final Desk desk;
    private final Set<UUID> departments;

    PresenceErrand(FaceSignIn signIn, UUID session, Desk desk) {
        this.signIn = signIn;
        this.session = session;
        this.desk = desk;
        this.departments = desk.departments().stream().map(Department::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean locked(Instant now) {
        return signIn.lockouts.find(desk.lockout()).remaining(now).isPositive();
    }

    @Override
    public Comparison compare(FeatureVector probe) {
        Optional<Candidate> best =
                signIn.gallery.search(probe, departments, 1).stream().findFirst();
        return best.map(found -> new Comparison(
                        found.subject(), found.score().cosine(), desk.point().threshold()))
                .orElseGet(() -> new Comparison(null, null, null));
    }

    @Override
    public Optional<Subject> find(UUID candidate) {
        return signIn.subjects
                .find(candidate, new Scope.Everywhere())
                .filter(subject -> departments.contains(subject.department()));
    }

    @Override
    public @Nullable UUID claimed() {
        return null;
    }

    @Override
    public @Nullable UUID department() {
        return null;
    }

    @Override
    public void failed(Instant now) {
        signIn.lockouts.update(desk.lockout(), before -> desk.failures().afterFailure(before, now));
    }

    @Override
    public void succeeded(Instant now) {
        signIn.lockouts.update(desk.lockout(), before -> Lockout.NONE);
    }

    @Override
    public void attacked() {
        signIn.memory.attacked(desk.lockout());
    }

    /** Only sign-ins are remembered as sessions; what came of this one is in the log and, accepted, a punch. */
    @Override
    public void closed(String outcome, Instant now) {
        // Nothing was opened.
    }

    /** The punch itself is recorded by the clock, with its number. */
    @Override
    public Optional<AuditEvent> event(boolean accepted, @Nullable UUID subject, String reason) {
        AuditEvent event = accepted
                ? AuditEvent.done(
                        Action.FACE_RECOGNISED,
                        desk.from(),
                        subject,
                        find(Objects.requireNonNull(subject))
                                .map(Subject::department)
                                .orElse(null))
                : AuditEvent.refused(Action.PUNCH, desk.from(), subject, null, reason);
        return Optional.of(event.with("kiosk", desk.device().toString()).with("session", session.toString()));
    }

    @Override
    public boolean pictures() {
        return desk.departments().stream().anyMatch(d -> d.policy().proof().kept());
    }

    @Override
    public FrameAnswer accepted(Subject subject, Instant now, Optional<Thumbnail> picture) {
        return new FrameAnswer.Identified(new LivingFace(subject, desk.device(), picture));
    }
}
