package org.vultus.evaluation.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.vultus.evaluation.protocol.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where people sign in: says in a sentence that nobody can, before many try. */
final class Destination {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST_PORT = 65_535;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Destination() {}

    /** @throws UserError unless it is an address of the web */
    static void requireAddress(String option, URI server) {
        String scheme = String.valueOf(server.getScheme());
        if (server.getHost() == null
                || !scheme.matches("https?")
                || server.getPort() == 0
                || server.getPort() > LAST_PORT) {
            throw new UserError(option + " " + server + " is no address such as http://localhost:8080");
        }
    }

    /** Of the WebSocket of a department. */
    static URI socket(URI server, String department) {
        return URI.create(server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/face-auth/"
                + URLEncoder.encode(department, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /**
     * @param department that must be there already
     * @throws UserError when there is no server, or people cannot sign in to the department
     */
    static void check(HttpClient http, URI server, Optional<String> department) throws IOException {
        HttpResponse<byte[]> response = send(
                http,
                HttpRequest.newBuilder(server.resolve("/face-auth/departments"))
                        .timeout(PATIENCE)
                        .build());
        JsonNode there = json(server, response);
        if (response.statusCode() != 200 || !there.isArray()) {
            throw new UserError("what answers at " + server + " is no Vultus server");
        }
        // A site may keep the list to itself; then the attempts tell.
        if (department.isPresent()
                && !there.isEmpty()
                && there.valueStream()
                        .noneMatch(one -> one.path("code").asString("").equals(department.get()))) {
            throw new UserError("the server has no department " + department.get() + "; --prepare makes it");
        }
    }

    /** @throws UserError when there is no server that answers */
    static HttpResponse<byte[]> send(HttpClient http, HttpRequest request) throws IOException {
        String server = request.uri().resolve("/").toString().replaceFirst("/$", "");
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw new UserError(server + " does not answer in time");
        } catch (SSLException e) {
            throw new UserError("no secure connection to " + server + ": " + e.getMessage());
        } catch (IOException e) {
            // That nobody listens has no message of its own.
            throw new UserError(
                    "there is no server at " + server + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** @throws UserError when it is no JSON, which Vultus always answers with */
    static JsonNode json(URI server, HttpResponse<byte[]> response) {
        try {
            return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new UserError("what answers at " + server + " is no Vultus server");
        }
    }
}
