package org.vultus.server.http;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.header.HeaderWriter;

/** What Tomcat refuses before a filter sees it is a problem like any other, in place of Tomcat's page. */
public final class EarlyRefusals extends ErrorReportValve {
    private final List<HeaderWriter> headers;

    /** @param headers what every other answer has */
    public EarlyRefusals(List<HeaderWriter> headers) {
        this.headers = List.copyOf(headers);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        headers.forEach(header -> header.writeHeaders(request, response));
        try {
            switch (HttpStatus.resolve(status)) {
                // Tomcat says why in its log; what it says repeats what was sent.
                case BAD_REQUEST ->
                    ProblemResponse.write(
                            response,
                            ProblemType.BAD_REQUEST,
                            "It is not HTTP/1.1, or has more than 8 kB before its body, or its address has %2F, %5C, %00 or"
                                    + " a character that must be encoded. Shorten or correct it; see /api-docs.");
                case INTERNAL_SERVER_ERROR ->
                    ProblemResponse.write(
                            response, ProblemType.FAULT, "It was logged. Try again, or tell the administrator.");
                case null, default ->
                    ProblemResponse.write(response, status, "The server does not take such a request; see /api-docs.");
            }
        } catch (IOException e) {
            getContainer().getLogger().debug("nobody is there to be told", e);
        }
    }
}
