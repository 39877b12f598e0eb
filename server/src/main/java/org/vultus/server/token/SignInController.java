package org.vultus.server.token;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.audit.Actor;
import org.vultus.access.signin.Authenticated;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/**
 * The sign-in page's own requests: they turn a password, or a token that a face was just given, into a session of this browser,
 * which then goes on to the application that sent it here.
 */
@RestController
@Hidden
final class SignInController {
    private final PasswordSignIn passwords;
    private final FaceHandover handover;
    private final Subjects subjects;
    private final Departments departments;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final HttpSessionRequestCache requests = new HttpSessionRequestCache();

    SignInController(PasswordSignIn passwords, FaceHandover handover, Subjects subjects, Departments departments) {
        this.passwords = passwords;
        this.handover = handover;
        this.subjects = subjects;
        this.departments = departments;
    }

    record PersonJson(UUID id, String username, String displayName, String department) {}

    record StateJson(String csrf, @Nullable PersonJson signedIn) {}

    record PasswordJson(String username, String password) {}

    record FaceJson(String accessToken) {}

    record Next(@Nullable String redirect) {}

    @GetMapping("/sign-in/state")
    StateJson state(CsrfToken csrf) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return new StateJson(csrf.getToken(), authentication == null ? null : person(authentication));
    }

    @PostMapping("/sign-in/password")
    Next password(
            HttpServletRequest request, HttpServletResponse response, Actor from, @RequestBody PasswordJson wish) {
        return enter(
                TokenController.evidence(passwords.signIn(wish.username(), wish.password(), from)), request, response);
    }

    @PostMapping("/sign-in/face")
    Next face(HttpServletRequest request, HttpServletResponse response, @RequestBody FaceJson wish) {
        Authenticated evidence = handover.redeem(wish.accessToken())
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_SIGNED_IN,
                        "This sign-in was used already or is too old. Look at the camera again."));
        return enter(evidence, request, response);
    }

    @PostMapping("/sign-in/out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    private Next enter(Authenticated evidence, HttpServletRequest request, HttpServletResponse response) {
        SavedRequest saved = requests.getRequest(request, response);
        // Nothing of the session before lives on: not its identifier, which somebody may have planted, nor whoever was
        // signed in.
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(SignedInPerson.of(evidence));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return new Next(saved == null ? null : path(saved));
    }

    /** Without scheme and host: those are the browser's word, and the way on never leaves this server. */
    private static String path(SavedRequest saved) {
        URI address = URI.create(saved.getRedirectUrl());
        return address.getRawQuery() == null
                ? address.getRawPath()
                : address.getRawPath() + '?' + address.getRawQuery();
    }

    private @Nullable PersonJson person(Authentication authentication) {
        UUID id;
        try {
            id = UUID.fromString(authentication.getName());
        } catch (IllegalArgumentException e) {
            // Nobody is signed in: Spring Security calls that "anonymousUser".
            return null;
        }
        return subjects.find(id, new Scope.Everywhere())
                .filter(Subject::active)
                .map(subject -> new PersonJson(
                        subject.id(),
                        subject.username(),
                        subject.displayName(),
                        departments.find(subject.department()).orElseThrow().code()))
                .orElse(null);
    }
}
