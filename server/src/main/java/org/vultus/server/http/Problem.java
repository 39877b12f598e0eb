package org.vultus.server.http;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A problem that ends the request. Its detail tells the caller what to do; it holds nothing secret. */
public final class Problem extends ErrorResponseException {
    private static final long serialVersionUID = 1;

    public Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    /** @param cause for the log; the caller does not see it */
    public Problem(ProblemType type, String detail, @Nullable Throwable cause) {
        super(type.status(), body(type, detail), cause);
    }

    /** The body of such a problem, to add to or to write outside a controller. */
    public static ProblemDetail body(ProblemType type, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(type.status(), detail);
        body.setType(URI.create(type.uri()));
        body.setTitle(type.title());
        return body;
    }

    public static Problem tooManyAttempts(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        Problem problem =
                new Problem(ProblemType.TOO_MANY_ATTEMPTS, "Wait %d seconds before you try again.".formatted(seconds));
        problem.getBody().setProperty("retry_after", seconds);
        problem.getHeaders().add(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }

    public static Problem notFound(String what) {
        return new Problem(ProblemType.NOT_FOUND, what + " does not exist, or you may not see it.");
    }
}
