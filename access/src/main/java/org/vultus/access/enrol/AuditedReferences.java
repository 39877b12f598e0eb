package org.vultus.access.enrol;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.biometrics.embed.ExtractorId;

/**
 * References whose every decryption is remembered: one event for each template that is read alone, one event with a count for a whole
 * gallery. Asking for a template that is not there leaves an event as well, so that it takes as long. Safe for several threads.
 */
public final class AuditedReferences implements References {
    private final References references;
    private final AuditTrail audit;
    private final UnitOfWork work;

    public AuditedReferences(References references, AuditTrail audit, UnitOfWork work) {
        this.references = references;
        this.audit = audit;
        this.work = work;
    }

    @Override
    public Optional<Reference> active(UUID subject, ExtractorId extractor) {
        Optional<Reference> reference = references.active(subject, extractor);
        UUID whose = reference.map(Reference::subject).orElse(null);
        UUID department = reference.map(Reference::department).orElse(null);
        work.run(() -> audit.append(
                reference.isPresent()
                        ? AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, whose, department)
                        : AuditEvent.refused(Action.TEMPLATE_READ, Actor.SYSTEM, null, null, "NONE")));
        return reference;
    }

    @Override
    public Set<UUID> inForce(Collection<UUID> subjects) {
        return references.inForce(subjects);
    }

    @Override
    public int forEachActive(ExtractorId extractor, Consumer<Reference> consumer) {
        int[] read = new int[1];
        int foreign = references.forEachActive(extractor, reference -> {
            read[0]++;
            consumer.accept(reference);
        });
        work.run(() -> audit.append(AuditEvent.done(Action.TEMPLATE_READ, Actor.SYSTEM, null, null)
                .with("templates", Integer.toString(read[0]))));
        return foreign;
    }

    @Override
    public void activate(NewReference reference) {
        references.activate(reference);
    }

    @Override
    public void move(UUID subject, UUID department) {
        references.move(subject, department);
    }

    @Override
    public boolean revoke(UUID subject, Instant at) {
        return references.revoke(subject, at);
    }
}
