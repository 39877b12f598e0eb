package org.vultus.access.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequests;

/** What people asked for. */
record MemoryPrivacyRequests(MemorySite site) implements PrivacyRequests {

    @Override
    public boolean add(PrivacyRequest request) {
        synchronized (site) {
            boolean open = of(request.subject()).stream().anyMatch(one -> one.open() && one.kind() == request.kind());
            return !open && site.state().requests.add(request);
        }
    }

    @Override
    public Optional<PrivacyRequest> find(UUID id) {
        synchronized (site) {
            return site.state().requests.stream()
                    .filter(request -> request.id().equals(id))
                    .findFirst();
        }
    }

    @Override
    public List<PrivacyRequest> open() {
        synchronized (site) {
            return site.state().requests.stream()
                    .filter(PrivacyRequest::open)
                    .sorted(Comparator.comparing(PrivacyRequest::askedAt))
                    .toList();
        }
    }

    @Override
    public List<PrivacyRequest> of(UUID subject) {
        synchronized (site) {
            return site.state().requests.stream()
                    .filter(request -> request.subject().equals(subject))
                    .sorted(Comparator.comparing(PrivacyRequest::askedAt))
                    .toList();
        }
    }

    @Override
    public boolean answer(UUID id, String answer, UUID by, Instant at) {
        synchronized (site) {
            boolean open = find(id).filter(PrivacyRequest::open).isPresent();
            site.state()
                    .requests
                    .replaceAll(request -> open && request.id().equals(id)
                            ? new PrivacyRequest(
                                    id,
                                    request.subject(),
                                    request.kind(),
                                    request.words(),
                                    request.askedAt(),
                                    at,
                                    answer)
                            : request);
            return open;
        }
    }
}
