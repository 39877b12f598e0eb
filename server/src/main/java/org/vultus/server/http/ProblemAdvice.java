package org.vultus.server.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import org.vultus.biometrics.match.GalleryUnavailable;
import tools.jackson.core.JacksonException;

/** Turns what a controller throws into a problem. What was not expected is logged, and the caller learns nothing of it. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** The database is away, or would not do it: nothing was changed. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> database(RuntimeException e) {
        LOG.error("The database did not do what was asked: {}", e.getMessage());
        return answer(
                ProblemType.DATABASE_UNAVAILABLE,
                "Nothing was changed. Try again in a moment, or tell the administrator.");
    }

    /** The index of faces is away: nobody can be found by face alone, and whoever gives a name is not concerned. */
    @ExceptionHandler(GalleryUnavailable.class)
    ResponseEntity<ProblemDetail> gallery(GalleryUnavailable e) {
        LOG.warn("Faces cannot be searched: {}", e.getMessage());
        return answer(
                ProblemType.GALLERY_UNAVAILABLE,
                "Nothing was changed. Sign in with your user name, or try again in a moment.");
    }

    /** A value that a record refused. */
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<ProblemDetail> illegal(IllegalArgumentException e) {
        return answer(ProblemType.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(status)
                .body(Problem.body(
                        ProblemType.NOT_FOUND, "There is nothing at this address. /api-docs lists what there is."));
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<ProblemDetail> fault(Exception e) {
        // A browser that goes to another page while a large file comes: nobody is there to be told.
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        LOG.error("A request failed", e);
        return answer(ProblemType.FAULT, "It was logged. Try again, or tell the administrator.");
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.Exceeded exceeded) {
                return ResponseEntity.status(ProblemType.TOO_LARGE.status())
                        .body(Problem.body(ProblemType.TOO_LARGE, exceeded.advice()));
            }
            if (cause instanceof IllegalArgumentException illegal && illegal.getMessage() != null) {
                return ResponseEntity.badRequest().body(Problem.body(ProblemType.BAD_REQUEST, illegal.getMessage()));
            }
        }
        return ResponseEntity.badRequest()
                .body(Problem.body(
                        ProblemType.BAD_REQUEST,
                        place(e).map(
                                        "What stands under \"%s\" is not what is expected there; see /api-docs."
                                                ::formatted)
                                .orElse("The body is not the JSON that is expected here; see /api-docs.")));
    }

    /** Where in the JSON it went wrong, where that is known. */
    private static Optional<String> place(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException jackson && !jackson.getPath().isEmpty()) {
                return Optional.of(jackson.getPath().stream()
                                .map(JacksonException.Reference::getPropertyName)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(".")))
                        .filter(path -> !path.isEmpty());
            }
        }
        return Optional.empty();
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.badRequest()
                .body(Problem.body(
                        ProblemType.BAD_REQUEST,
                        "Send the parameter %s%s."
                                .formatted(
                                        e.getParameterName(),
                                        e.getParameterType().equals("LocalDate") ? ", a day such as 2026-03-02" : "")));
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(e.getPropertyName(), "a parameter");
        @Nullable
        Class<?> type = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getParameter().nestedIfOptional().getNestedParameterType()
                : e.getRequiredType();
        return ResponseEntity.badRequest()
                .body(Problem.body(
                        ProblemType.BAD_REQUEST,
                        "%s is %s, not \"%s\".".formatted(name, expected(type), e.getValue())));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == LocalDate.class) {
            return "a day such as 2026-03-02";
        }
        if (type == Instant.class) {
            return "a moment such as 2026-03-02T12:00:00Z";
        }
        if (type == UUID.class) {
            return "an identifier such as 6f1c9a52-7f0e-4d3b-9f55-0a0c1d2e3f40";
        }
        if (type != null && type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "a number";
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail) {
        return ResponseEntity.status(type.status()).body(Problem.body(type, detail));
    }
}
