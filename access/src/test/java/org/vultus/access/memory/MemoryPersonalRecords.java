package org.vultus.access.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.consent.Purpose;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.signin.Passwords;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInSession;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;

/** All of one person. Knows the reference in force alone, and no applications. */
record MemoryPersonalRecords(MemorySite site) implements PersonalRecords {

    @Override
    public Optional<PersonalData> describe(UUID id) {
        synchronized (site) {
            MemoryState state = site.state();
            return Optional.ofNullable(state.subjects.get(id)).map(subject -> describe(state, subject));
        }
    }

    private PersonalData describe(MemoryState state, Subject subject) {
        UUID id = subject.id();
        Department department = Objects.requireNonNull(state.departments.get(subject.department()));
        Passwords.Stored password = state.passwords.get(id);
        NewReference reference = state.references.get(id);
        return new PersonalData(
                subject,
                department.code(),
                department.name(),
                Instant.EPOCH,
                password == null ? null : new PersonalData.PasswordMark("argon2id", password.mustChange()),
                new MemoryBases(site).history(id),
                reference == null ? List.of() : List.of(mark(reference)),
                state.attempts.stream()
                        .filter(entry -> id.equals(entry.subject()))
                        .map(entry -> attempt(state, entry))
                        .toList(),
                List.of(),
                new MemoryPrivacyRequests(site).of(id),
                PersonalData.Time.NONE,
                new MemoryProofs(site).of(id),
                state.trail.stream().filter(record -> concerns(record, id)).toList());
    }

    private static PersonalData.ReferenceMark mark(NewReference reference) {
        return new PersonalData.ReferenceMark(
                reference.reference().enrolment(),
                reference.reference().features().extractor().sha256(),
                "ACTIVE",
                true,
                reference.quality(),
                reference.images(),
                reference.enrolledBy(),
                reference.enrolledAt(),
                null);
    }

    private static PersonalData.Attempt attempt(MemoryState state, SignInLog.Entry entry) {
        Department department = entry.department() == null ? null : state.departments.get(entry.department());
        return new PersonalData.Attempt(
                entry.at(),
                entry.method().name(),
                entry.accepted(),
                entry.reason(),
                department == null ? null : department.code(),
                entry.frames(),
                entry.address(),
                entry.device());
    }

    private static boolean concerns(AuditRecord record, UUID id) {
        return id.equals(record.event().subject())
                || id.equals(record.event().actor().subject());
    }

    @Override
    public Optional<Destroyed> destroy(UUID id, UUID by, Instant at) {
        synchronized (site) {
            MemoryState state = site.state();
            if (state.subjects.remove(id) == null) {
                return Optional.empty();
            }
            for (Purpose purpose : Purpose.values()) {
                new MemoryBases(site).withdraw(id, purpose, by, at);
            }
            long pictures = site.proofs().remove(id);
            state.bases.replaceAll(
                    basis -> basis.subject().equals(id) && basis.reason() != null ? basis.because("(erased)") : basis);
            state.passwords.remove(id);
            long enrolments = state.references.remove(id) == null ? 0 : 1;
            List<UUID> decided = state.attempts.stream()
                    .filter(entry -> id.equals(entry.subject()))
                    .map(SignInLog.Entry::session)
                    .filter(Objects::nonNull)
                    .toList();
            long sessions = removed(state.opened, session -> isOf(session, id, decided));
            long attempts = removed(state.attempts, entry -> id.equals(entry.subject()));
            state.requests.replaceAll(request -> request.subject().equals(id)
                    ? new PrivacyRequest(
                            request.id(),
                            id,
                            request.kind(),
                            null,
                            request.askedAt(),
                            request.open() ? at : request.answeredAt(),
                            "(erased)")
                    : request);
            return Optional.of(new Destroyed(enrolments, enrolments, enrolments, sessions, attempts, 0, pictures));
        }
    }

    private static boolean isOf(SignInSession session, UUID id, List<UUID> decided) {
        return id.equals(session.claimed()) || decided.contains(session.id());
    }

    private static <T> long removed(List<T> list, Predicate<T> which) {
        long before = list.size();
        list.removeIf(which);
        return before - list.size();
    }

    @Override
    public void keepCertificate(UUID subject, String signed, Instant at) {
        synchronized (site) {
            site.state().certificates.put(subject, signed);
        }
    }

    @Override
    public Optional<String> certificate(UUID subject) {
        synchronized (site) {
            return Optional.ofNullable(site.state().certificates.get(subject));
        }
    }

    @Override
    public long forgetAttempts(Instant before) {
        synchronized (site) {
            Instant kept = site.now().minusSeconds(24 * 3600);
            Instant due = before.isBefore(kept) ? before : kept;
            MemoryState state = site.state();
            state.opened.removeIf(session -> session.openedAt().isBefore(due));
            return removed(
                    state.attempts,
                    entry -> entry.at().isBefore(due) || state.certificates.containsKey(entry.subject()));
        }
    }

    /** What a person worked is remembered elsewhere. */
    @Override
    public long forgetTime(Instant before) {
        return 0;
    }

    @Override
    public List<UUID> enrolledButInactiveSince(Instant before) {
        synchronized (site) {
            MemoryState state = site.state();
            return state.deactivated.entrySet().stream()
                    .filter(entry -> entry.getValue().isBefore(before))
                    .map(Map.Entry::getKey)
                    .filter(state.references::containsKey)
                    .toList();
        }
    }
}
