package org.vultus.server.attendance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** Pictures of punches, and the consent to them. Each look is in the audit trail. */
@RestController
@Tag(name = "Pictures of punches")
final class PictureController {
    private final ProofOfPresence proofs;
    private final Subjects subjects;

    PictureController(ProofOfPresence proofs, Subjects subjects) {
        this.proofs = proofs;
        this.subjects = subjects;
    }

    /**
     * @param kept whether the person's department keeps pictures of those who consent
     * @param days how long it keeps them
     * @param consentedAt since when the person consents; absent when they do not
     */
    record ConsentJson(
            boolean kept,
            int days,
            @Nullable Instant consentedAt,
            @Nullable String noticeVersion) {}

    @Schema(example = """
            {"notice_version": "2026-11"}""")
    record NewConsent(String noticeVersion) {}

    @GetMapping(path = "/api/attendance/punches/{event}/picture", produces = MediaType.IMAGE_JPEG_VALUE)
    @Operation(summary = "The picture that was kept with a punch; for administrators and the department's managers")
    ResponseEntity<byte[]> picture(Caller caller, @PathVariable UUID event) {
        Scope scope = Pictures.scope(caller)
                .orElseThrow(() -> new Problem(ProblemType.NOT_ALLOWED, "That needs the role [DEPARTMENT_MANAGER]."));
        return jpeg(proofs.show(event, scope, caller.actor()));
    }

    @GetMapping(path = "/api/me/punches/{event}/picture", produces = MediaType.IMAGE_JPEG_VALUE)
    @Operation(summary = "The picture that was kept with a punch of mine")
    ResponseEntity<byte[]> mine(Caller caller, @PathVariable UUID event) {
        return jpeg(proofs.showOwn(event, caller.subject().id(), caller.actor()));
    }

    private static ResponseEntity<byte[]> jpeg(Optional<byte[]> picture) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.IMAGE_JPEG)
                .body(picture.orElseThrow(() -> Problem.notFound("A picture of that punch")));
    }

    @GetMapping("/api/me/picture-consent")
    @Operation(summary = "Whether pictures of my punches are kept")
    ConsentJson consent(Caller caller) {
        return json(caller.subject());
    }

    @PutMapping("/api/me/picture-consent")
    @Operation(summary = "Consents to pictures of my punches")
    ConsentJson give(Caller caller, @RequestBody NewConsent wish) {
        proofs.consent(caller.subject(), wish.noticeVersion(), caller.actor());
        return json(caller.subject());
    }

    @DeleteMapping("/api/me/picture-consent")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends my consent to pictures of my punches and removes them all; my face serves as before")
    void withdraw(Caller caller) {
        proofs.withdraw(caller.subject(), caller.actor());
    }

    @GetMapping("/api/subjects/{id}/picture-consent")
    @Operation(summary = "Whether pictures of a person's punches are kept")
    ConsentJson consentOf(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER);
        return json(find(caller, id));
    }

    @PutMapping("/api/subjects/{id}/picture-consent")
    @Operation(summary = "Records that a person consents to pictures of their punches")
    ConsentJson record(Caller caller, @PathVariable UUID id, @RequestBody NewConsent wish) {
        caller.require(Role.ENROLMENT_OFFICER);
        Subject subject = find(caller, id);
        proofs.consent(subject, wish.noticeVersion(), caller.actor());
        return json(subject);
    }

    @DeleteMapping("/api/subjects/{id}/picture-consent")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends a person's consent to pictures of their punches and removes them all")
    void withdrawFor(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER);
        proofs.withdraw(find(caller, id), caller.actor());
    }

    private Subject find(Caller caller, UUID id) {
        return subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
    }

    private ConsentJson json(Subject subject) {
        ProofPolicy policy = proofs.policy(subject);
        Optional<BasisRecord> consent = proofs.consent(subject.id());
        return new ConsentJson(
                policy.kept(),
                policy.days(),
                consent.map(BasisRecord::recordedAt).orElse(null),
                consent.map(BasisRecord::noticeVersion).orElse(null));
    }
}
