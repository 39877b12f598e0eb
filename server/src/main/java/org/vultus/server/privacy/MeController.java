package org.vultus.server.privacy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.enrol.Register;
import org.vultus.access.privacy.Access;
import org.vultus.access.privacy.PrivacyRequest;
import org.vultus.access.privacy.PrivacyRequests;
import org.vultus.access.privacy.Requests;
import org.vultus.access.privacy.Retention;
import org.vultus.access.privacy.Withdrawal;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.store.audit.SqlSecurityEvents;

/** What a signed-in person may see and do of their own, and of nobody else's. */
@RestController
@Tag(name = "Me")
final class MeController {
    private static final Scope EVERYWHERE = new Scope.Everywhere();
    private static final int LONGEST_PAGE = 200;

    private final Register register;
    private final LegalBases bases;
    private final Withdrawal withdrawal;
    private final Access access;
    private final PrivacyRequests kept;
    private final Requests requests;
    private final Retention retention;
    private final SqlSecurityEvents trail;
    private final Clock clock;

    MeController(
            Register register,
            LegalBases bases,
            Withdrawal withdrawal,
            Access access,
            PrivacyRequests kept,
            Requests requests,
            Retention retention,
            SqlSecurityEvents trail,
            Clock clock) {
        this.register = register;
        this.bases = bases;
        this.withdrawal = withdrawal;
        this.access = access;
        this.kept = kept;
        this.requests = requests;
        this.retention = retention;
        this.trail = trail;
        this.clock = clock;
    }

    /** @param enrolledAt since when a template is kept; absent for none */
    record MeJson(
            UUID id,
            String username,
            String displayName,
            String department,
            String departmentName,
            Set<Role> roles,
            @Nullable Instant enrolledAt,
            DataJson.@Nullable Basis legalBasis,
            List<DataJson.Request> requests,
            DataJson.Periods retention) {}

    /** @param inForce absent when there is none */
    record ConsentJson(DataJson.@Nullable Basis inForce, List<DataJson.Basis> history) {}

    /** @param words why, in the person's own words; may be left out */
    @Schema(example = """
            {"words": "I no longer work here."}""")
    record WordsJson(@Nullable String words) {}

    @GetMapping("/api/me")
    @Operation(summary = "Who I am, and the state of my enrolment and of what I asked for")
    MeJson me(Caller caller) {
        Register.Row row = register.find(caller.subject().id(), EVERYWHERE).orElseThrow();
        return new MeJson(
                row.subject().id(),
                row.subject().username(),
                row.subject().displayName(),
                row.departmentCode(),
                row.departmentName(),
                row.subject().roles(),
                row.enrolledAt(),
                basis(Optional.ofNullable(row.basis())),
                kept.of(row.subject().id()).stream().map(DataJson.Request::of).toList(),
                DataJson.Periods.of(retention.periods()));
    }

    @GetMapping("/api/me/consent")
    @Operation(summary = "On what ground my face may be used, now and before")
    ConsentJson consent(Caller caller) {
        UUID me = caller.subject().id();
        return new ConsentJson(
                basis(bases.inForce(me)),
                bases.history(me).stream().map(DataJson.Basis::of).toList());
    }

    @PostMapping("/api/me/withdrawal")
    @Operation(summary = "Ends the legal basis and destroys my template at once; my password stays")
    ConsentJson withdraw(Caller caller) {
        withdrawal.withdraw(caller.subject().id(), EVERYWHERE, caller.actor());
        return consent(caller);
    }

    @PostMapping("/api/me/erasure-request")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Asks for my record to be erased; an administrator decides")
    DataJson.Request askForErasure(Caller caller, @RequestBody(required = false) @Nullable WordsJson wish) {
        return ask(caller, PrivacyRequest.Kind.ERASURE, wish);
    }

    @PostMapping("/api/me/objection")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Objects to the use of my face on another ground than consent; an administrator decides")
    DataJson.Request object(Caller caller, @RequestBody(required = false) @Nullable WordsJson wish) {
        return ask(caller, PrivacyRequest.Kind.OBJECTION, wish);
    }

    @GetMapping("/api/me/uses")
    @Operation(
            summary =
                    "What was done with my face and its template, newest first; go on with before = the last sequence")
    List<DataJson.Event> uses(
            Caller caller,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "50") int limit) {
        UUID me = caller.subject().id();
        return trail.usesOfFace(me, before, Math.clamp(limit, 1, LONGEST_PAGE)).stream()
                .map(record -> DataJson.Event.of(record, me))
                .toList();
    }

    @GetMapping(path = "/api/me/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "All that is stored of me; as a page for reading when text/html is asked for")
    DataJson data(Caller caller) {
        return access.show(caller.subject().id(), caller.actor())
                .map(shown -> DataJson.of(shown, retention.periods(), clock.instant()))
                .orElseThrow(() -> Problem.notFound("That person"));
    }

    @GetMapping(path = "/api/me/data", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @Operation(summary = "All that is stored of me, for reading, in English or Brazilian Portuguese")
    ResponseEntity<String> page(Caller caller, @RequestParam Optional<String> lang, Locale accepted) {
        return ReadableData.page(data(caller), lang.map(Locale::forLanguageTag).orElse(accepted));
    }

    private DataJson.Request ask(Caller caller, PrivacyRequest.Kind kind, @Nullable WordsJson wish) {
        return DataJson.Request.of(
                requests.ask(caller.subject(), kind, wish == null ? null : wish.words(), caller.actor()));
    }

    private static DataJson.@Nullable Basis basis(Optional<BasisRecord> basis) {
        return basis.map(DataJson.Basis::of).orElse(null);
    }
}
