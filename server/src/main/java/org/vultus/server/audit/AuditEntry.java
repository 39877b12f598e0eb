package org.vultus.server.audit;

import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.Checkpoint;

/** What stands on one line of an exported trail, after the first. */
public sealed interface AuditEntry {

    record Event(AuditRecord record) implements AuditEntry {}

    /** Stands anywhere after the record it covers; the writer puts it next to it. */
    record Signed(Checkpoint checkpoint) implements AuditEntry {}
}
