package org.vultus.access.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditChain;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.contract.Site;
import org.vultus.access.enrol.References;
import org.vultus.access.enrol.Register;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.proof.Proofs;
import org.vultus.access.signin.Lockouts;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.signin.SignInSessions;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * All ports over one state in memory. A unit of work runs alone and restores the state when it throws; an audit event outside of
 * one is a fault. Safe for several threads.
 */
public final class MemorySite implements Site {
    private final Clock clock;
    private MemoryState state = new MemoryState();
    private int depth;

    /** @param clock when audit events happen */
    public MemorySite(Clock clock) {
        this.clock = clock;
    }

    /** The state of now; one that a unit of work abandoned is not seen again. */
    MemoryState state() {
        return state;
    }

    Instant now() {
        return clock.instant();
    }

    /** The audit trail so far. */
    public synchronized List<AuditRecord> trail() {
        return List.copyOf(state.trail);
    }

    /** The log so far. */
    public synchronized List<SignInLog.Entry> attempts() {
        return List.copyOf(state.attempts);
    }

    /** The sessions that were opened, in order. */
    public synchronized List<SignInSession> opened() {
        return List.copyOf(state.opened);
    }

    /** How sessions ended, in order. */
    public synchronized List<String> outcomes() {
        return List.copyOf(state.closed.values());
    }

    /** The keys that have failures. */
    public synchronized List<String> lockoutKeys() {
        return List.copyOf(state.lockouts.keySet());
    }

    @Override
    public UnitOfWork work() {
        return new UnitOfWork() {
            @Override
            public <T> T call(Supplier<T> work) {
                return inOne(work);
            }
        };
    }

    private synchronized <T> T inOne(Supplier<T> work) {
        if (depth > 0) {
            return work.get();
        }
        MemoryState before = new MemoryState(state);
        boolean done = false;
        depth++;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            depth--;
            if (!done) {
                state = before;
            }
        }
    }

    @Override
    public AuditTrail audit() {
        return this::append;
    }

    private synchronized void append(AuditEvent event) {
        if (depth == 0) {
            throw new IllegalStateException("an audit event outside of a unit of work");
        }
        String previous = state.trail.isEmpty()
                ? AuditChain.GENESIS
                : state.trail.getLast().hash();
        state.trail.add(AuditChain.next(state.trail.size() + 1L, clock.instant(), event, previous));
    }

    @Override
    public Departments departments() {
        return new MemoryPeople(this).departments();
    }

    @Override
    public Subjects subjects() {
        return new MemoryPeople(this).subjects();
    }

    @Override
    public Passwords passwords() {
        return new MemorySignIns(this).passwords();
    }

    @Override
    public LegalBases bases() {
        return new MemoryBases(this);
    }

    @Override
    public References references() {
        return new MemoryReferences(this);
    }

    @Override
    public Proofs proofs() {
        return new MemoryProofs(this);
    }

    @Override
    public UUID punched(Subject subject) {
        return UUID.randomUUID();
    }

    @Override
    public Register register() {
        return new MemoryRegister(this);
    }

    @Override
    public PersonalRecords records() {
        return new MemoryPersonalRecords(this);
    }

    @Override
    public PrivacyRequests requests() {
        return new MemoryPrivacyRequests(this);
    }

    @Override
    public SignInSessions sessions() {
        return new MemorySignIns(this).sessions();
    }

    @Override
    public SignInLog log() {
        return new MemorySignIns(this).log();
    }

    @Override
    public Lockouts lockouts() {
        return new MemorySignIns(this).lockouts();
    }
}
