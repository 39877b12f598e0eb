package org.vultus.server.token;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.audit.Actor;
import org.vultus.access.signin.Authenticated;
import org.vultus.access.signin.PasswordResult;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** Tokens for the API, and the caller's own account. */
@RestController
@Tag(name = "Tokens")
final class TokenController {
    private final PasswordSignIn passwords;
    private final AccessTokens tokens;
    private final Issuer issuer;
    private final Departments departments;

    TokenController(PasswordSignIn passwords, AccessTokens tokens, Issuer issuer, Departments departments) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.issuer = issuer;
        this.departments = departments;
    }

    /** As OAuth 2 answers (RFC 6749, 5.1). */
    record TokenJson(String accessToken, String tokenType, long expiresIn) {}

    @Schema(example = """
            {"username": "ana", "current_password": "3kuw-hav6-ausz-8nrr", "new_password": "Blue-Harbour-72-lamps"}""")
    record PasswordChange(String username, String currentPassword, String newPassword) {}

    record AccountJson(UUID id, String username, String displayName, String department, Set<Role> roles) {}

    @PostMapping(path = "/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(
            summary = "A bearer token for the API, good for 30 minutes, by user name and password",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                                            schemaProperties = {
                                                @SchemaProperty(
                                                        name = "grant_type",
                                                        schema = @Schema(type = "string", example = "password")),
                                                @SchemaProperty(
                                                        name = "username",
                                                        schema = @Schema(type = "string", example = "ana")),
                                                @SchemaProperty(
                                                        name = "password",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        example = "Blue-Harbour-72-lamps"))
                                            })))
    TokenJson token(
            HttpServletRequest request,
            Actor from,
            @RequestParam("grant_type") String grantType,
            @RequestParam String username,
            @RequestParam String password) {
        if (!grantType.equals("password")) {
            throw new Problem(ProblemType.BAD_REQUEST, "grant_type must be \"password\".");
        }
        AccessTokens.Issued issued =
                tokens.issue(evidence(passwords.signIn(username, password, from)), issuer.of(request));
        return new TokenJson(issued.token(), "Bearer", issued.life().toSeconds());
    }

    @PostMapping("/api/account/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Replaces one's own password; also the way out of a one-time password")
    void change(Actor from, @RequestBody PasswordChange wish) {
        PasswordResult result;
        try {
            result = passwords.change(wish.username(), wish.currentPassword(), wish.newPassword(), from);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.WEAK_PASSWORD, String.valueOf(e.getMessage()), e);
        }
        evidence(result);
    }

    @GetMapping("/api/account")
    @Operation(summary = "Who the caller is")
    AccountJson account(Caller caller) {
        Subject subject = caller.subject();
        return new AccountJson(
                subject.id(),
                subject.username(),
                subject.displayName(),
                departments.find(subject.department()).orElseThrow().code(),
                subject.roles());
    }

    /** @throws Problem unless the password was right and good for this */
    static Authenticated evidence(PasswordResult result) {
        return switch (result) {
            case PasswordResult.Accepted(Authenticated evidence) -> evidence;
            case PasswordResult.MustChange() ->
                throw new Problem(
                        ProblemType.PASSWORD_CHANGE_REQUIRED,
                        "This password serves only to choose your own: POST /api/account/password.");
            case PasswordResult.Refused() ->
                throw new Problem(ProblemType.BAD_CREDENTIALS, "Check both and try again, or ask for a new password.");
            case PasswordResult.Locked(Duration wait) -> throw Problem.tooManyAttempts(wait);
        };
    }
}
