package org.vultus.server.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The few answers of a server that the commands need, with people in memory. One request at a time. */
final class StubServer implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    private static final JsonMapper JSON = new JsonMapper();

    /** Method and path of every request, in order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final Map<String, ObjectNode> people = new LinkedHashMap<>();
    /** By user name: the photos that arrived, as ISO 8859-1. */
    final Map<String, List<String>> photos = new LinkedHashMap<>();
    /** By user name: status and body of the refusal. */
    final Map<String, Answer> refusals = new LinkedHashMap<>();
    /** By path: what a GET or POST gives. */
    final Map<String, Answer> answers = new LinkedHashMap<>();
    /** User names at whose enrolment the connection breaks. */
    final Set<String> breaking = new HashSet<>();

    /** How many requests a token is good for. */
    int tokenServes = Integer.MAX_VALUE;

    int tokenLife = 1800;
    /** Where an answer ends before its stated length. */
    String cutOffPath = "";

    private int tokens;
    private int served;
    private final HttpServer http;

    record Answer(int status, String body) {}

    StubServer() throws IOException {
        this(HttpServer.create(local(), 0));
    }

    StubServer(SSLContext tls) throws IOException {
        this(secure(tls));
    }

    private StubServer(HttpServer http) {
        this.http = http;
        http.createContext("/", this::handle);
        http.start();
    }

    URI uri() {
        String scheme = http instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://localhost:" + http.getAddress().getPort());
    }

    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    void know(String username, String department, String basis) {
        ObjectNode person = person(username, department);
        if (basis != null) {
            person.putObject("legal_basis").put("basis", basis);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String request = exchange.getRequestMethod() + " " + path;
            requests.add(request);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (request.equals("POST /token")) {
                send(exchange, token(new String(body, StandardCharsets.UTF_8)));
                return;
            }
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!("Bearer token-" + tokens).equals(authorization) || ++served > tokenServes) {
                send(exchange, problem(401, "not-signed-in", "Sign in first"));
                return;
            }
            if (request.equals("POST /face-auth/enroll")) {
                Answer answer = enrol(new String(body, StandardCharsets.ISO_8859_1));
                if (answer != null) {
                    send(exchange, answer);
                }
                return;
            }
            send(
                    exchange,
                    switch (request) {
                        case "GET /api/subjects" ->
                            page(exchange.getRequestURI().getRawQuery());
                        case "POST /api/subjects" -> create(JSON.readTree(body));
                        default ->
                            path.endsWith("/legal-basis")
                                    ? basis(path.split("/")[3], JSON.readTree(body))
                                    : answers.getOrDefault(path, problem(404, "not-found", "There is no such thing"));
                    });
        }
    }

    private Answer token(String form) {
        if (!form.equals("grant_type=password&username=admin&password=" + PASSWORD.replace(' ', '+'))) {
            return problem(401, "bad-credentials", "The user name or the password is wrong");
        }
        served = 0;
        return new Answer(
                200,
                "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                        .formatted(++tokens, tokenLife));
    }

    private Answer page(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        List<ObjectNode> matching = people.values().stream()
                .filter(p -> p.get("username").asString().contains(parameters.get("query")))
                .toList();
        ObjectNode page = JSON.createObjectNode().put("total", matching.size());
        // Smaller than what is asked for, as a server may.
        page.putArray("items")
                .addAll(matching.stream()
                        .skip(Integer.parseInt(parameters.get("offset")))
                        .limit(2)
                        .toList());
        return new Answer(200, page.toString());
    }

    private Answer create(JsonNode wish) {
        ObjectNode person =
                person(wish.get("username").asString(), wish.get("department").asString());
        person.put("display_name", wish.get("display_name").asString());
        return new Answer(
                201,
                person.deepCopy()
                        .put("one_time_password", "one-" + people.size())
                        .toString());
    }

    private ObjectNode person(String username, String department) {
        ObjectNode person = JSON.createObjectNode();
        person.put("id", new UUID(0, people.size() + 1).toString());
        person.put("username", username);
        person.putObject("department").put("code", department).put("name", department);
        person.putNull("legal_basis");
        people.put(username, person);
        return person;
    }

    private Answer basis(String id, JsonNode wish) {
        ObjectNode person = byId(id);
        person.set("legal_basis", wish);
        return new Answer(201, person.toString());
    }

    /** @return {@code null} where the connection breaks instead */
    private Answer enrol(String form) {
        ObjectNode person = byId(field(form, "user_id"));
        String username = person.get("username").asString();
        if (breaking.contains(username)) {
            return null;
        }
        if (refusals.containsKey(username)) {
            return refusals.get(username);
        }
        if (person.get("legal_basis").isNull()
                || !field(form, "username").equals(username)
                || !field(form, "department")
                        .equals(person.at("/department/code").asString())) {
            return problem(403, "no-legal-basis", "No legal basis is recorded");
        }
        List<String> files = new ArrayList<>();
        String boundary = form.substring(0, form.indexOf("\r\n"));
        Matcher part = Pattern.compile(
                        "name=\"face_images\"; filename=\"\\d+\"\r\n[^\r]*\r\n\r\n(.*?)\r\n" + Pattern.quote(boundary),
                        Pattern.DOTALL)
                .matcher(form);
        int from = 0;
        while (part.find(from)) {
            files.add(part.group(1));
            from = part.end(1);
        }
        photos.put(username, files);
        return new Answer(201, "{\"images_used\":%d,\"quality\":70,\"images\":[]}".formatted(files.size()));
    }

    private ObjectNode byId(String id) {
        return people.values().stream()
                .filter(p -> p.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String field(String form, String name) {
        Matcher part =
                Pattern.compile("name=\"" + name + "\"\r\n\r\n([^\r]*)\r\n").matcher(form);
        return part.find() ? part.group(1) : "";
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean cutOff = exchange.getRequestURI().getPath().equals(cutOffPath);
        exchange.sendResponseHeaders(answer.status(), cutOff ? body.length + 100 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        // Closed as it is, the stream would complain of the bytes that are missing and leave the connection open.
        if (!cutOff) {
            out.close();
        }
    }

    static Answer problem(int status, String type, String title) {
        return new Answer(
                status,
                "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"Ask the administrator.\"}"
                        .formatted(type, title, status));
    }

    private static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HttpsServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(local(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }
}
