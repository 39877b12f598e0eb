package org.vultus.access.privacy;

import java.util.Optional;
import java.util.UUID;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;

/** Shows all that is stored of one person, and remembers that it was shown. Safe for several threads. */
public final class Access {
    private final PersonalRecords records;
    private final AuditTrail audit;
    private final UnitOfWork work;

    public Access(PersonalRecords records, AuditTrail audit, UnitOfWork work) {
        this.records = records;
        this.audit = audit;
        this.work = work;
    }

    /** Empty when there is nobody of that identifier, or they were erased. */
    public Optional<PersonalData> show(UUID subject, Actor to) {
        return work.call(() -> {
            Optional<PersonalData> data = records.describe(subject);
            data.ifPresent(shown -> audit.append(AuditEvent.done(
                    Action.SUBJECT_DATA_EXPORTED, to, subject, shown.subject().department())));
            return data;
        });
    }
}
