package org.vultus.server.privacy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.privacy.Access;
import org.vultus.access.privacy.Erasure;
import org.vultus.access.privacy.PersonalRecords;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.privacy.Requests;
import org.vultus.access.privacy.Retention;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** Erasure, access and requests, for administrators: no other role sees all that is stored of somebody. */
@RestController
@Tag(name = "Privacy")
final class PrivacyController {
    private final Erasure erasure;
    private final PersonalRecords records;
    private final Access access;
    private final PrivacyRequests kept;
    private final Requests requests;
    private final Retention retention;
    private final Clock clock;

    PrivacyController(
            Erasure erasure,
            PersonalRecords records,
            Access access,
            PrivacyRequests kept,
            Requests requests,
            Retention retention,
            Clock clock) {
        this.erasure = erasure;
        this.records = records;
        this.access = access;
        this.kept = kept;
        this.requests = requests;
        this.retention = retention;
        this.clock = clock;
    }

    /** @param certificate compact JWS, for ./vultus privacy verify-certificate */
    record ErasureJson(UUID subject, String certificate) {}

    record RequestJson(
            UUID id,
            UUID subject,
            PrivacyRequest.Kind kind,
            @Nullable String words,
            Instant askedAt,
            @Nullable Instant answeredAt,
            @Nullable String answer) {

        static RequestJson of(PrivacyRequest request) {
            return new RequestJson(
                    request.id(),
                    request.subject(),
                    request.kind(),
                    request.words(),
                    request.askedAt(),
                    request.answeredAt(),
                    request.answer());
        }
    }

    @Schema(example = """
            {"answer": "Your record must be kept until the process ends."}""")
    record AnswerJson(String answer) {}

    @PostMapping("/api/people/{id}/erasure")
    @Operation(summary = "Erases a person's record for good and gives a signed certificate; the same one when repeated")
    ErasureJson erase(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        if (caller.subject().id().equals(id)) {
            throw new Problem(ProblemType.NOT_ALLOWED, "Ask another administrator to erase you.");
        }
        return erasure.erase(id, caller.actor())
                .map(certificate -> new ErasureJson(id, certificate))
                .orElseThrow(() -> Problem.notFound("That person"));
    }

    @GetMapping("/api/people/{id}/erasure")
    @Operation(summary = "The certificate of an erasure that was done")
    ErasureJson certificate(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        return records.certificate(id)
                .map(certificate -> new ErasureJson(id, certificate))
                .orElseThrow(() -> Problem.notFound("A certificate of that person's erasure"));
    }

    @GetMapping(path = "/api/people/{id}/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "All that is stored of a person; as a page for reading when text/html is asked for")
    DataJson data(Caller caller, @PathVariable UUID id) {
        caller.requireAdmin();
        return access.show(id, caller.actor())
                .map(shown -> DataJson.of(shown, retention.periods(), clock.instant()))
                .orElseThrow(() -> Problem.notFound("That person"));
    }

    @GetMapping(path = "/api/people/{id}/data", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @Operation(summary = "All that is stored of a person, for reading, in English or Brazilian Portuguese")
    ResponseEntity<String> page(
            Caller caller, @PathVariable UUID id, @RequestParam Optional<String> lang, Locale accepted) {
        return ReadableData.page(
                data(caller, id), lang.map(Locale::forLanguageTag).orElse(accepted));
    }

    @GetMapping("/api/privacy/requests")
    @Operation(summary = "Requests for erasure and objections that wait for an answer, oldest first")
    List<RequestJson> open(Caller caller) {
        caller.requireAdmin();
        return kept.open().stream().map(RequestJson::of).toList();
    }

    @PostMapping("/api/privacy/requests/{id}/answer")
    @Operation(
            summary = "Answers a request that is not followed, or was followed elsewhere; the person reads the answer")
    RequestJson answer(Caller caller, @PathVariable UUID id, @RequestBody AnswerJson wish) {
        caller.requireAdmin();
        return requests.answer(id, wish.answer(), caller.actor())
                .map(RequestJson::of)
                .orElseThrow(() -> Problem.notFound("That open request"));
    }
}
