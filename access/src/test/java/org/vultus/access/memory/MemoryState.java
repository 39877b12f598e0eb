package org.vultus.access.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.signin.Lockout;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;

/** What a site remembers. Its values are immutable, so a copy of the collections is a copy of all. */
final class MemoryState {
    final Map<UUID, Department> departments;
    final Map<UUID, Subject> subjects;
    final Map<UUID, Passwords.Stored> passwords;
    final List<BasisRecord> bases;
    final Map<UUID, NewReference> references;
    final List<SignInSession> opened;
    final Map<UUID, String> closed;
    final List<SignInLog.Entry> attempts;
    final Map<String, Lockout> lockouts;
    final List<AuditRecord> trail;
    final Map<UUID, String> certificates;
    final List<PrivacyRequest> requests;
    final Map<UUID, Instant> deactivated;
    final Map<UUID, MemoryProofs.Kept> proofs;

    MemoryState() {
        departments = new LinkedHashMap<>();
        subjects = new LinkedHashMap<>();
        passwords = new LinkedHashMap<>();
        bases = new ArrayList<>();
        references = new LinkedHashMap<>();
        opened = new ArrayList<>();
        closed = new LinkedHashMap<>();
        attempts = new ArrayList<>();
        lockouts = new LinkedHashMap<>();
        trail = new ArrayList<>();
        certificates = new LinkedHashMap<>();
        requests = new ArrayList<>();
        deactivated = new LinkedHashMap<>();
        proofs = new LinkedHashMap<>();
    }

    MemoryState(MemoryState other) {
        departments = new LinkedHashMap<>(other.departments);
        subjects = new LinkedHashMap<>(other.subjects);
        passwords = new LinkedHashMap<>(other.passwords);
        bases = new ArrayList<>(other.bases);
        references = new LinkedHashMap<>(other.references);
        opened = new ArrayList<>(other.opened);
        closed = new LinkedHashMap<>(other.closed);
        attempts = new ArrayList<>(other.attempts);
        lockouts = new LinkedHashMap<>(other.lockouts);
        trail = new ArrayList<>(other.trail);
        certificates = new LinkedHashMap<>(other.certificates);
        requests = new ArrayList<>(other.requests);
        deactivated = new LinkedHashMap<>(other.deactivated);
        proofs = new LinkedHashMap<>(other.proofs);
    }
}
