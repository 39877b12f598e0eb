package org.vultus.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.vultus.access.audit.Actor;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/** Gives a controller its {@link Caller} (from the bearer token, or from the browser's session under {@code /api/me}) or the {@link Actor} (whoever it is, by address). */
public final class CallerResolver implements HandlerMethodArgumentResolver {
    private static final int LONGEST_DEVICE = 100;

    private final Subjects subjects;

    public CallerResolver(Subjects subjects) {
        this.subjects = subjects;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory factory) {
        HttpServletRequest request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        Actor anybody = anybody(request);
        if (parameter.getParameterType() == Actor.class) {
            return anybody;
        }
        Subject subject = Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .flatMap(CallerResolver::person)
                .flatMap(id -> subjects.find(id, new Scope.Everywhere()))
                .filter(Subject::active)
                .orElseThrow(() -> new Problem(ProblemType.NOT_SIGNED_IN, "Get a token from POST /token."));
        return Caller.of(subject, new Actor(subject.id(), anybody.address(), anybody.device()));
    }

    /** Who is signed in, by token or, where the chain of filters reads sessions, by session; nobody for "anonymousUser". */
    private static Optional<UUID> person(Authentication authentication) {
        try {
            return Optional.of(UUID.fromString(authentication.getName()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whoever sends this request. */
    public static Actor anybody(HttpServletRequest request) {
        String device = request.getHeader("X-Device");
        return new Actor(
                null,
                request.getRemoteAddr(),
                device == null || device.isBlank()
                        ? null
                        : device.strip().substring(0, Math.min(device.strip().length(), LONGEST_DEVICE)));
    }
}
