package org.vultus.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Problems from where no controller is reached: filters, security, and Tomcat itself. */
public final class ProblemResponse {
    private static final JsonMapper JSON = new JsonMapper();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(@Nullable String type, String title, int status, String detail) {}

    private ProblemResponse() {}

    public static void write(HttpServletResponse response, ProblemType type, String detail) throws IOException {
        write(response, new Body(type.uri(), type.title(), type.status().value(), detail));
    }

    /** One without a type of ours, which says no more than its status (RFC 9457, 4.2.1). */
    static void write(HttpServletResponse response, int status, String detail) throws IOException {
        String title = Optional.ofNullable(HttpStatus.resolve(status))
                .map(HttpStatus::getReasonPhrase)
                .orElse("Refused");
        write(response, new Body(null, title, status, detail));
    }

    private static void write(HttpServletResponse response, Body body) throws IOException {
        response.setStatus(body.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(JSON.writeValueAsString(body));
    }
}
