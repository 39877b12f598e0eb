package org.vultus.server.http;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.ClassUtils;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import org.vultus.biometrics.match.GalleryUnavailable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Turns what a controller throws into a problem. What was not expected is logged, and the caller learns nothing of it. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** The class of SQL states by which a database says that the values are wrong, and not the database (ISO/IEC 9075-2, 24.1). */
    private static final String DATA_EXCEPTION = "22";

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            LocalDate.class, "a day such as 2026-03-02",
            LocalTime.class, "a time such as 08:00",
            Instant.class, "a moment such as 2026-03-02T12:00:00Z",
            ZoneId.class, "a time zone such as America/Sao_Paulo",
            UUID.class, "an identifier such as 6f1c9a52-7f0e-4d3b-9f55-0a0c1d2e3f40",
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            Long.class, "a whole number");

    private static final String TOO_LARGE = "At most 10 MB are taken. Send fewer or smaller images.";

    /** The database is away, or would not do it: nothing was changed. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> database(RuntimeException e) {
        if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException refused
                && String.valueOf(refused.getSQLState()).startsWith(DATA_EXCEPTION)) {
            return answer(
                    ProblemType.BAD_REQUEST,
                    "A value cannot be kept: a number or a day that is too far away, or text with the character NUL.");
        }
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

    /** A form that is broken off, or does not say what divides its parts. */
    @ExceptionHandler(MultipartException.class)
    ResponseEntity<ProblemDetail> form(MultipartException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.Exceeded exceeded) {
                return answer(ProblemType.TOO_LARGE, exceeded.advice());
            }
        }
        return answer(
                ProblemType.BAD_REQUEST,
                "The form cannot be read. Send it whole, as multipart/form-data with its boundary in Content-Type.");
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(ProblemType.TOO_LARGE.status())
                .body(Problem.body(ProblemType.TOO_LARGE, TOO_LARGE));
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                ProblemType.WRONG_METHOD,
                headers,
                "Send %s, not %s; see /api-docs.".formatted(either(e.getSupportedHttpMethods()), e.getMethod()));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                ProblemType.WRONG_CONTENT_TYPE,
                headers,
                "Say in Content-Type what the body is: %s; see /api-docs."
                        .formatted(either(e.getSupportedMediaTypes())));
    }

    /** @param headers that tell what would be taken: Allow, Accept */
    private static ResponseEntity<Object> answer(ProblemType type, HttpHeaders headers, String detail) {
        return ResponseEntity.status(type.status()).headers(headers).body(Problem.body(type, detail));
    }

    private static String either(@Nullable Collection<?> several) {
        return several == null || several.isEmpty()
                ? "something else"
                : several.stream().map(String::valueOf).sorted().distinct().collect(Collectors.joining(" or "));
    }

    /** A value that a record refused. */
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<ProblemDetail> illegal(IllegalArgumentException e) {
        return answer(ProblemType.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    /** A day or moment at the end of all that can be counted, from which nothing can be counted on. */
    @ExceptionHandler(DateTimeException.class)
    ResponseEntity<ProblemDetail> beyond(DateTimeException e) {
        LOG.warn("A day or time cannot be counted with: {}", e.getMessage());
        return answer(ProblemType.BAD_REQUEST, "A day or time is too far away, or there is none like it.");
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
                        e.getCause() == null
                                ? "The body is empty; see /api-docs for what is sent here."
                                : place(e).orElse("The body is not the JSON that is expected here; see /api-docs.")));
    }

    /** Where in the JSON it went wrong and what is expected there, where that is known. What was sent is not repeated: it may be secret. */
    private static Optional<String> place(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException jackson && !jackson.getPath().isEmpty()) {
                String path = jackson.getPath().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
                @Nullable
                Class<?> type =
                        cause instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
                return path.isEmpty()
                        ? Optional.empty()
                        : Optional.of(known(type)
                                .map(expected -> "%s is %s; see /api-docs.".formatted(path, expected))
                                .orElse("What stands under \"%s\" is not what is expected there; see /api-docs."
                                        .formatted(path)));
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
        return known(type).orElse("a number");
    }

    private static Optional<String> known(@Nullable Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        if (type.isEnum()) {
            return Optional.of("one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")));
        }
        return Optional.ofNullable(EXPECTED.get(ClassUtils.resolvePrimitiveIfNecessary(type)));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail) {
        return ResponseEntity.status(type.status()).body(Problem.body(type, detail));
    }
}
