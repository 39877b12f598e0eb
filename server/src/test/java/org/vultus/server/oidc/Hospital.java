package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/** A server with an administrator, a department, and people as the tests want them. */
public final class Hospital implements AutoCloseable {
    public static final String DEPARTMENT = "icu";

    private final RunningServer server;
    private final String admin;

    public Hospital(Path data, String... settings) {
        this(RunningServer.start(data, settings));
    }

    Hospital(RunningServer server) {
        this.server = server;
        admin = server.administrator();
        created(server.post(
                "/api/departments",
                admin,
                Map.of("code", DEPARTMENT, "name", "Intensive care", "identification", true)));
    }

    public RunningServer server() {
        return server;
    }

    /** The administrator's token. */
    public String admin() {
        return admin;
    }

    /** Somebody new and their one-time password. */
    record Newcomer(String id, String oneTimePassword) {}

    Newcomer newcomer(String username) {
        Answer person = created(server.post(
                "/api/subjects",
                admin,
                Map.of("username", username, "display_name", "Person " + username, "department", DEPARTMENT)));
        return new Newcomer(person.text("id"), person.text("one_time_password"));
    }

    /** Somebody whose password is {@link RunningServer#PASSWORD}; gives their identifier. */
    public String person(String username) {
        Newcomer newcomer = newcomer(username);
        server.choosePassword(username, newcomer.oneTimePassword());
        return newcomer.id();
    }

    public void enrol(String id, String username, People face) {
        created(server.post(
                "/api/subjects/" + id + "/legal-basis",
                admin,
                Map.of("basis", "CONSENT", "notice_version", "2026-11")));
        created(server.post(
                "/face-auth/enroll",
                admin,
                Map.of("user_id", id, "username", username, "face_images", face.enrolment())));
    }

    /** Gives the credential of a new kiosk for the department. */
    public String kiosk(String name, ZoneId zone) {
        return created(server.post(
                        "/api/kiosks",
                        admin,
                        Map.of("name", name, "zone", zone.getId(), "departments", List.of(DEPARTMENT))))
                .text("credential");
    }

    /** From now on that is asked of everybody in the department. */
    void liveness(String policy) {
        assertThat(server.json("PATCH", "/api/departments/" + DEPARTMENT, admin, Map.of("liveness", policy))
                        .status())
                .isEqualTo(200);
    }

    /** What stands in the audit trail about that, the newest first. */
    JsonNode trail(String action) {
        return server.get("/api/audit?limit=10&action=" + action, admin).body();
    }

    void deactivate(String id) {
        assertThat(server.json("PATCH", "/api/subjects/" + id, admin, Map.of("active", false))
                        .status())
                .isEqualTo(200);
    }

    /** Gives the secret; empty for an application that keeps none. */
    String register(String client, String redirect, String afterLogout, boolean confidential) {
        return created(server.post(
                        "/api/clients",
                        admin,
                        Map.of(
                                "client_id",
                                client,
                                "name",
                                "Application " + client,
                                "redirect_uris",
                                List.of(redirect),
                                "post_logout_redirect_uris",
                                List.of(afterLogout),
                                "confidential",
                                confidential)))
                .text("client_secret");
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer;
    }

    @Override
    public void close() {
        server.close();
    }
}
