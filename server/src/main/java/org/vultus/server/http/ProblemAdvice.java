package org.vultus.server.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import org.vultus.biometrics.match.GalleryUnavailable;

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
                        ProblemType.BAD_REQUEST, "The body is not the JSON that is expected here; see /api-docs."));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail) {
        return ResponseEntity.status(type.status()).body(Problem.body(type, detail));
    }
}
