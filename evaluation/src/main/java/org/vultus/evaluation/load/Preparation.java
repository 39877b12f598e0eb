package org.vultus.evaluation.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vultus.evaluation.protocol.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the department and enrols the people through the server's API, as an administrator would. */
final class Preparation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI server;
    private final String token;

    private record Answer(int status, JsonNode body) {}

    /** @throws UserError when the server does not let the administrator in */
    Preparation(HttpClient http, URI server, String user, String password) throws IOException {
        this.http = http;
        this.server = server;
        String form = "grant_type=password&username=" + encode(user) + "&password=" + encode(password);
        Answer answer = send("/token", "", "application/x-www-form-urlencoded", form);
        if (answer.status() != 200) {
            throw new UserError("the server does not let " + user + " in: "
                    + answer.body().path("detail").asString(answer.body().toString()));
        }
        this.token = answer.body().path("access_token").asString();
    }

    /** @return those who are enrolled now; the server refuses faces that are of no use or enrolled under another name */
    List<Person> enrol(String department, List<Person> people) throws IOException {
        ObjectNode wish = JSON.createObjectNode();
        wish.put("code", department).put("name", department).put("identification", true);
        expect(post("/api/departments", wish), 201, 409);
        List<Person> enrolled = new ArrayList<>();
        for (Person person : people) {
            if (enrol(department, person)) {
                enrolled.add(person);
            }
        }
        if (enrolled.isEmpty()) {
            throw new UserError("nobody could be enrolled");
        }
        return enrolled;
    }

    private boolean enrol(String department, Person person) throws IOException {
        ObjectNode subject = JSON.createObjectNode();
        subject.put("username", person.username())
                .put("display_name", person.username())
                .put("department", department);
        Answer created = post("/api/subjects", subject);
        expect(created, 201, 409);
        if (created.status() == 409) {
            return enrolledBefore(person.username());
        }
        String id = created.body().path("id").asString();
        ObjectNode basis = JSON.createObjectNode();
        basis.put("basis", "CONSENT").put("notice_version", "load test");
        expect(post("/api/subjects/" + id + "/legal-basis", basis), 201);
        ObjectNode enrolment = JSON.createObjectNode();
        enrolment.put("user_id", id).put("username", person.username());
        person.enrolment().forEach(enrolment.putArray("face_images")::add);
        Answer answer = post("/face-auth/enroll", enrolment);
        expect(answer, 201, 409, 422);
        return answer.status() == 201;
    }

    /** Whether the name of an earlier run has a face; it was refused then otherwise. */
    private boolean enrolledBefore(String username) throws IOException {
        Answer found = send(
                HttpRequest.newBuilder(server.resolve("/api/subjects?query=" + encode(username)))
                        .GET(),
                token);
        expect(found, 200);
        for (JsonNode subject : found.body().path("items")) {
            if (subject.path("username").asString().equals(username)) {
                return !subject.path("enrolled_at").isNull();
            }
        }
        return false;
    }

    private static void expect(Answer answer, int... statuses) {
        for (int status : statuses) {
            if (answer.status() == status) {
                return;
            }
        }
        throw new UserError("the server answers " + answer.status() + ": "
                + answer.body().path("detail").asString(answer.body().toString()));
    }

    private Answer post(String path, ObjectNode body) throws IOException {
        return send(path, token, "application/json", body.toString());
    }

    private Answer send(String path, String bearer, String type, String body) throws IOException {
        return send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                bearer);
    }

    private Answer send(HttpRequest.Builder request, String bearer) throws IOException {
        request.timeout(PATIENCE);
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        HttpResponse<byte[]> response = Destination.send(http, request.build());
        return new Answer(response.statusCode(), Destination.json(server, response));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
