package org.vultus.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Problems from where no controller is reached: filters and security. */
public final class ProblemResponse {
    private static final JsonMapper JSON = new JsonMapper();

    private record Body(String type, String title, int status, String detail) {}

    private ProblemResponse() {}

    public static void write(HttpServletResponse response, ProblemType type, String detail) throws IOException {
        response.setStatus(type.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter()
                .write(JSON.writeValueAsString(
                        new Body(type.uri(), type.title(), type.status().value(), detail)));
    }
}
