package org.vultus.access.audit;

/** Where events are remembered. */
public interface AuditTrail {

    /** Appends an event as part of the current unit of work: it is kept if and only if what it tells of is kept. */
    void append(AuditEvent event);
}
