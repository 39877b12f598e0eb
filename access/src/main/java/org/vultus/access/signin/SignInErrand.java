package org.vultus.access.signin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.ComparisonScore;

/** Signing in to one department, with a user name or by face alone. */
final class SignInErrand implements Errand {
    private final FaceSignIn signIn;
    private final SignInSession session;
    private final Department department;
    private final Actor from;
    private final String addressKey;
    private final Optional<String> nameKey;

    SignInErrand(
            FaceSignIn signIn,
            SignInSession session,
            Department department,
            Actor from,
            String addressKey,
            Optional<String> nameKey) {
        this.signIn = signIn;
        this.session = session;
        this.department = department;
        this.from = from;
        this.addressKey = addressKey;
        this.nameKey = nameKey;
    }

    /** Sessions that were opened side by side, before the first of them failed, must not add up to more tries than one has. */
    @Override
    public boolean locked(Instant now) {
        return Stream.concat(Stream.of(addressKey), nameKey.stream())
                .anyMatch(key -> signIn.lockouts.find(key).remaining(now).isPositive());
    }

    @Override
    public Comparison compare(FeatureVector probe) {
        return session.identification() ? identify(probe) : verify(probe);
    }

    private Comparison verify(FeatureVector probe) {
        OperatingPoint point = signIn.scale.atMost(department.policy().verificationFmr());
        // The store is asked for nobody's reference as well, so that an unknown name takes as long as a known one.
        UUID claimed = session.claimed() == null ? UUID.randomUUID() : session.claimed();
        Optional<Reference> reference = signIn.references.active(claimed, probe.extractor());
        return reference
                .map(found -> new Comparison(
                        found.subject(),
                        ComparisonScore.of(probe, found.features()).cosine(),
                        point.threshold()))
                .orElseGet(() -> new Comparison(null, null, point.threshold()));
    }

    private Comparison identify(FeatureVector probe) {
        Optional<OperatingPoint> point = signIn.identificationPoint(department);
        List<Candidate> candidates = signIn.gallery.search(probe, Set.of(department.id()), 1);
        if (candidates.isEmpty() || point.isEmpty()) {
            return new Comparison(null, null, null);
        }
        Candidate best = candidates.getFirst();
        return new Comparison(best.subject(), best.score().cosine(), point.get().threshold());
    }

    @Override
    public Optional<Subject> find(UUID candidate) {
        return signIn.subjects.find(candidate, new Scope.Within(department.id()));
    }

    @Override
    public @Nullable UUID claimed() {
        return session.claimed();
    }

    @Override
    public UUID department() {
        return department.id();
    }

    @Override
    public void failed(Instant now) {
        nameKey.ifPresent(key ->
                signIn.lockouts.update(key, before -> signIn.rules.faceOfName().afterFailure(before, now)));
        signIn.lockouts.update(
                addressKey, before -> signIn.rules.faceFromAddress().afterFailure(before, now));
    }

    @Override
    public void succeeded(Instant now) {
        nameKey.ifPresent(key -> signIn.lockouts.update(key, before -> Lockout.NONE));
        signIn.lockouts.update(addressKey, before -> Lockout.NONE);
    }

    @Override
    public void attacked() {
        signIn.memory.attacked(addressKey);
        nameKey.ifPresent(signIn.memory::attacked);
    }

    @Override
    public void closed(String outcome, Instant now) {
        signIn.sessions.closed(session.id(), outcome, now);
    }

    @Override
    public Optional<AuditEvent> event(boolean accepted, @Nullable UUID subject, String reason) {
        AuditEvent event = accepted
                ? AuditEvent.done(Action.FACE_SIGN_IN, from, subject, department.id())
                : AuditEvent.refused(Action.FACE_SIGN_IN, from, subject, department.id(), reason);
        return Optional.of(event.with("session", session.id().toString()));
    }

    /** A sign-in leaves no picture. */
    @Override
    public boolean pictures() {
        return false;
    }

    @Override
    public FrameAnswer accepted(Subject subject, Instant now, Optional<Thumbnail> picture) {
        return new FrameAnswer.Accepted(
                new Authenticated(subject, department, Set.of(AuthenticationMethod.FACE), now, session.policy()));
    }
}
