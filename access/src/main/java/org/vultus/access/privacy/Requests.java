package org.vultus.access.privacy;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Subject;

/** Asking for erasure, objecting, and the answer to both. What was decided is then done elsewhere. Safe for several threads. */
public final class Requests {
    private final PrivacyRequests requests;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public Requests(PrivacyRequests requests, AuditTrail audit, UnitOfWork work, Clock clock) {
        this.requests = requests;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param subject who asks, for themself
     * @return the request; the one that is open already, where there is one of that kind
     * @throws IllegalArgumentException when the words are too many
     */
    public PrivacyRequest ask(Subject subject, PrivacyRequest.Kind kind, @Nullable String words, Actor from) {
        String said = words == null || words.isBlank() ? null : words.strip();
        PrivacyRequest request =
                new PrivacyRequest(UUID.randomUUID(), subject.id(), kind, said, clock.instant(), null, null);
        return work.call(() -> {
            if (!requests.add(request)) {
                return requests.of(subject.id()).stream()
                        .filter(one -> one.open() && one.kind() == kind)
                        .findFirst()
                        .orElseThrow();
            }
            Action action = switch (kind) {
                case ERASURE -> Action.ERASURE_REQUESTED;
                case OBJECTION -> Action.OBJECTION_RAISED;
            };
            audit.append(AuditEvent.done(action, from, subject.id(), subject.department())
                    .with("request", request.id().toString()));
            return request;
        });
    }

    /**
     * @param by who decided; a signed-in person
     * @return empty when there is no such open request
     * @throws IllegalArgumentException when the answer is empty or too long
     */
    public Optional<PrivacyRequest> answer(UUID id, String answer, Actor by) {
        String said = PrivacyRequest.requireAnswer(answer);
        UUID who = Optional.ofNullable(by.subject()).orElseThrow();
        return work.call(() -> {
            if (!requests.answer(id, said, who, clock.instant())) {
                return Optional.empty();
            }
            PrivacyRequest answered = requests.find(id).orElseThrow();
            audit.append(AuditEvent.done(Action.PRIVACY_REQUEST_ANSWERED, by, answered.subject(), null)
                    .with("request", id.toString())
                    .with("kind", answered.kind().name()));
            return Optional.of(answered);
        });
    }
}
