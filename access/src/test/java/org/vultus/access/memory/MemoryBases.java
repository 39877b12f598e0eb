package org.vultus.access.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.Purpose;

/** Legal bases. */
record MemoryBases(MemorySite site) implements LegalBases {

    @Override
    public void record(BasisRecord basis) {
        synchronized (site) {
            withdraw(basis.subject(), basis.purpose(), basis.recordedBy(), basis.recordedAt());
            site.state().bases.add(basis);
        }
    }

    @Override
    public Optional<BasisRecord> inForce(UUID subject, Purpose purpose) {
        return history(subject).stream()
                .filter(basis -> basis.withdrawnAt() == null && basis.purpose() == purpose)
                .findFirst();
    }

    @Override
    public Optional<BasisRecord> holdInForce(UUID subject, Purpose purpose) {
        return inForce(subject, purpose);
    }

    @Override
    public boolean withdraw(UUID subject, Purpose purpose, UUID by, Instant at) {
        synchronized (site) {
            Optional<BasisRecord> before = inForce(subject, purpose);
            before.ifPresent(basis ->
                    site.state().bases.replaceAll(other -> other.id().equals(basis.id()) ? basis.endedAt(at) : other));
            return before.isPresent();
        }
    }

    @Override
    public List<BasisRecord> history(UUID subject) {
        synchronized (site) {
            return site.state().bases.stream()
                    .filter(basis -> basis.subject().equals(subject))
                    .sorted(Comparator.comparing(BasisRecord::recordedAt))
                    .toList();
        }
    }
}
