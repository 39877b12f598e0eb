package org.vultus.server.privacy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.server.http.Problem;

/**
 * What became of a request for erasure, for whoever has its number: who was erased cannot sign in any more. The number is random and
 * known to the person, to administrators and to auditors; the answer names nobody.
 */
@RestController
@Tag(name = "Privacy")
final class ReceiptController {
    private final PrivacyRequests requests;
    private final PersonalRecords records;

    ReceiptController(PrivacyRequests requests, PersonalRecords records) {
        this.requests = requests;
        this.records = records;
    }

    /** How far a request is. */
    enum State {
        OPEN,
        /** Decided otherwise; the person reads the answer in {@code /api/me}. */
        ANSWERED,
        ERASED
    }

    /** @param certificate compact JWS, once the record is erased */
    record ReceiptJson(
            UUID request,
            State state,
            Instant askedAt,
            @Nullable Instant answeredAt,
            @Nullable String certificate) {}

    @GetMapping("/api/erasure-receipts/{request}")
    @Operation(summary = "What became of a request for erasure, and the certificate; needs no sign-in, only the number")
    ReceiptJson receipt(@PathVariable UUID request) {
        PrivacyRequest asked = requests.find(request)
                .filter(one -> one.kind() == PrivacyRequest.Kind.ERASURE)
                .orElseThrow(() -> Problem.notFound("A request for erasure with that number"));
        String certificate = records.certificate(asked.subject()).orElse(null);
        State state = certificate != null ? State.ERASED : asked.open() ? State.OPEN : State.ANSWERED;
        return new ReceiptJson(asked.id(), state, asked.askedAt(), asked.answeredAt(), certificate);
    }
}
