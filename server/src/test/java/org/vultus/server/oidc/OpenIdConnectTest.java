package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vultus.server.oidc.UserAgent.authorize;
import static org.vultus.server.oidc.UserAgent.json;
import static org.vultus.server.oidc.UserAgent.location;
import static org.vultus.server.oidc.UserAgent.parameter;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/**
 * People sign in to the hospital's applications: by a stock OAuth 2 client and the real pages in Chromium, whose camera shows a clip
 * of real faces, and once more by bare HTTP, where the rules of the protocol can be broken one by one.
 */
class OpenIdConnectTest {
    /** Nobody answers there: the tests read the address that the browser is sent to. */
    private static final String RECORDS = "https://records.example/callback";

    private static final People ANA = People.of(3, 2);
    private static final People STRANGER = People.of(5, 5);

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    private static URI server;

    @AutoClose
    private static ConfigurableApplicationContext ward;

    private static String anaId;
    private static String benId;
    private static String records;

    @BeforeAll
    static void start() {
        hospital = new Hospital(data.resolve("vultus"));
        server = hospital.server().address;
        anaId = hospital.person("ana");
        hospital.enrol(anaId, "ana", ANA);
        benId = hospital.person("ben");
        ward = WardApplication.start(server);
        String address = WardApplication.address(ward).toString();
        hospital.register(
                WardApplication.CLIENT_ID,
                address + "/login/oauth2/code/vultus",
                address + WardApplication.SIGNED_OUT,
                false);
        records = "records:" + hospital.register("records", RECORDS, "https://records.example/", true);
    }

    /** What people see. The rest of the class needs no browser. */
    @Nested
    class Pages {
        @AutoClose
        private static Chromium chromium;

        @BeforeAll
        static void open() {
            chromium = Chromium.start(data);
        }

        @Test
        void byFace() {
            try (Visit visit = chromium.visit(ANA, 1280, 800)) {
                Page page = visit.page();
                page.navigate(WardApplication.address(ward).toString());
                page.waitForURL(server + "/sign-in");
                page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
                visit.click("Open the camera");
                JsonNode claims = visit.claims();
                assertThat(claims.path("sub").asString()).isEqualTo(anaId);
                assertThat(claims.path("iss").asString()).isEqualTo(server.toString());
                assertThat(claims.path("preferred_username").asString()).isEqualTo("ana");
                assertThat(claims.path("name").asString()).isEqualTo("Person ana");
                assertThat(claims.path("amr").toString()).isEqualTo("[\"face\"]");
                assertThat(claims.path("acr").asString()).isEqualTo("urn:vultus:acr:face");
                assertThat(claims.path("department").asString()).isEqualTo(Hospital.DEPARTMENT);
                assertThat(claims.path("roles").toString()).isEqualTo("[\"STAFF\"]");
                assertThat(visit.errorsOf(server)).isEmpty();
            }
        }

        @Test
        void byPasswordAndOutAgain() {
            try (Visit visit = chromium.visit(ANA, 1280, 800)) {
                Page page = visit.page();
                page.navigate(WardApplication.address(ward).toString());
                visit.click("Use password");
                visit.password("ben", "wrong");
                page.getByText("User name or password is not right.").waitFor();
                visit.password("ben", RunningServer.PASSWORD);
                JsonNode claims = visit.claims();
                assertThat(claims.path("sub").asString()).isEqualTo(benId);
                assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\"]");
                assertThat(claims.path("acr").asString()).isEqualTo("urn:vultus:acr:password");

                page.navigate(server + "/sign-in");
                page.getByText("Signed in as Person ben").waitFor();
                page.navigate(WardApplication.address(ward).toString());
                visit.click("Sign out");
                page.waitForURL(WardApplication.address(ward) + WardApplication.SIGNED_OUT);
                page.navigate(WardApplication.address(ward).toString());
                page.waitForURL(server + "/sign-in");
                page.getByLabel("Department").waitFor();
            }
        }

        @Test
        void aStrangerIsRefusedAndThePasswordRemains() {
            // As wide as a phone.
            try (Visit visit = chromium.visit(STRANGER, 390, 844)) {
                Page page = visit.page();
                page.navigate(WardApplication.address(ward).toString());
                page.getByLabel("Department").selectOption(Hospital.DEPARTMENT);
                assertThat(visit.fitsTheScreen()).isTrue();
                visit.click("Open the camera");
                page.getByText("You were not recognised.").waitFor();
                assertThat(visit.fitsTheScreen()).isTrue();
                visit.click("Use password");
                visit.password("ben", RunningServer.PASSWORD);
                assertThat(visit.claims().path("amr").toString()).isEqualTo("[\"pwd\"]");
            }
        }

        @Test
        void theFirstPasswordHasToBeReplaced() {
            Hospital.Newcomer dan = hospital.newcomer("dan");
            try (Visit visit = chromium.visit(ANA, 390, 844)) {
                Page page = visit.page();
                page.navigate(WardApplication.address(ward).toString());
                visit.click("Use password");
                visit.password("dan", dan.oneTimePassword());
                page.getByLabel("New password", Visit.EXACTLY).fill("short");
                page.getByLabel("New password again").fill("short");
                visit.click("Save and sign in");
                page.getByRole(AriaRole.ALERT).waitFor();
                page.getByLabel("New password", Visit.EXACTLY).fill(RunningServer.PASSWORD);
                page.getByLabel("New password again").fill(RunningServer.PASSWORD);
                assertThat(visit.fitsTheScreen()).isTrue();
                visit.click("Save and sign in");
                assertThat(visit.claims().path("sub").asString()).isEqualTo(dan.id());
            }
        }
    }

    @Test
    void aRefreshTokenServesOnceAndNotAfterRevocation() {
        try (UserAgent agent = new UserAgent(server)) {
            JsonNode first = tokens(agent, "ben");
            assertThat(agent.get("/userinfo", first.path("access_token").asString())
                            .body())
                    .contains(benId);
            // An application's token is none of ours, whose keys are others.
            assertThat(agent.get("/api/account", first.path("access_token").asString())
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> refreshed = refresh(agent, first);
            assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
            assertThat(refreshed.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(v -> assertThat(v).contains("no-store"));
            JsonNode second = json(refreshed);
            assertThat(second.path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
            assertThat(refresh(agent, first).body()).contains("invalid_grant");
            Map<String, String> token =
                    Map.of("token", second.path("refresh_token").asString());
            assertThat(agent.form("/oauth2/revoke", "records:wrong", token).statusCode())
                    .isEqualTo(401);
            assertThat(agent.form("/oauth2/revoke", records, token).statusCode())
                    .isEqualTo(200);
            assertThat(refresh(agent, second).body()).contains("invalid_grant");
        }
    }

    @Test
    void nobodyIsRefreshedAfterDeactivation() {
        String eve = hospital.person("eve");
        try (UserAgent agent = new UserAgent(server)) {
            JsonNode tokens = tokens(agent, "eve");
            hospital.deactivate(eve);
            HttpResponse<String> refused = refresh(agent, tokens);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("invalid_grant");
            // The browser's session is still there, and worth nothing either.
            String code = parameter(location(agent.open(authorize("records", RECORDS, Map.of()))), "code");
            assertThat(redeem(agent, code, UserAgent.VERIFIER).body()).doesNotContain("access_token");
            assertThat(json(agent.get("/sign-in/state")).path("signed_in").isNull())
                    .isTrue();
        }
    }

    @Test
    void anApplicationThatBreaksTheRulesGetsNoCode() {
        try (UserAgent agent = new UserAgent(server)) {
            agent.open(authorize("records", RECORDS, Map.of()));
            agent.password("ben", RunningServer.PASSWORD);
            for (String elsewhere :
                    List.of("https://evil.example/callback", RECORDS + "/more", "http://records.example/callback")) {
                HttpResponse<String> refused = agent.open(authorize("records", elsewhere, Map.of()));
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(location(refused)).isEmpty();
                assertThat(refused.body()).contains("Go back to your application");
            }
            assertThat(agent.open(authorize("nobody", RECORDS, Map.of())).statusCode())
                    .isEqualTo(400);
            for (Map<String, String> wrong : List.of(
                    Map.of("code_challenge", "", "code_challenge_method", ""),
                    Map.of("code_challenge_method", "plain"))) {
                String sentTo = location(agent.open(authorize("records", RECORDS, wrong)));
                assertThat(parameter(sentTo, "error")).as(sentTo).isEqualTo("invalid_request");
                assertThat(parameter(sentTo, "code")).isEmpty();
            }
            String code = parameter(location(agent.open(authorize("records", RECORDS, Map.of()))), "code");
            assertThat(redeem(agent, code, "another-verifier-that-is-long-enough-for-the-rule")
                            .body())
                    .contains("invalid_grant");
        }
    }

    @Test
    void aSessionIsNewAtSignInAndItsCookieIsGuarded() {
        try (UserAgent agent = new UserAgent(server)) {
            HttpResponse<String> sent = agent.open(authorize("records", RECORDS, Map.of()));
            assertThat(location(sent)).endsWith("/sign-in");
            String before = agent.cookie("vultus");
            assertThat(before).isNotEmpty();
            assertThat(sent.headers().allValues("Set-Cookie"))
                    .anySatisfy(
                            cookie -> assertThat(cookie).startsWith("vultus=").contains("HttpOnly", "SameSite=Lax"));
            String back = agent.password("ben", RunningServer.PASSWORD);
            assertThat(agent.cookie("vultus")).isNotEmpty().isNotEqualTo(before);
            assertThat(back).startsWith("/oauth2/authorize?");
            String code = location(agent.open(back));
            assertThat(code).startsWith(RECORDS + "?");
            assertThat(parameter(code, "state")).isEqualTo("s t/a+t&e");
        }
    }

    @Test
    void whoeverIsSignedInBeforeIsOutWhenSomebodyElseSignsIn() throws Exception {
        try (UserAgent agent = new UserAgent(server)) {
            tokens(agent, "ana");
            // Straight at the page, without an application: there is nowhere to go on to.
            assertThat(agent.password("ben", RunningServer.PASSWORD)).isEmpty();
            assertThat(json(agent.get("/sign-in/state"))
                            .path("signed_in")
                            .path("username")
                            .asString())
                    .isEqualTo("ben");
            String code = parameter(location(agent.open(authorize("records", RECORDS, Map.of()))), "code");
            JsonNode tokens = json(redeem(agent, code, UserAgent.VERIFIER));
            assertThat(SignedJWT.parse(tokens.path("id_token").asString())
                            .getJWTClaimsSet()
                            .getSubject())
                    .isEqualTo(benId);
            assertThat(redeem(agent, code, UserAgent.VERIFIER).body()).contains("invalid_grant");
        }
    }

    @Test
    void anApplicationMayAskWithoutDisturbingAnybody() {
        try (UserAgent agent = new UserAgent(server)) {
            String quiet = authorize("records", RECORDS, Map.of("prompt", "none"));
            String sentTo = location(agent.open(quiet));
            assertThat(sentTo).startsWith(RECORDS);
            assertThat(parameter(sentTo, "error")).isEqualTo("login_required");
            tokens(agent, "ben");
            assertThat(parameter(location(agent.open(quiet)), "code")).isNotEmpty();
        }
    }

    /** The stricter of the application's and the department's policy holds, however the face got in. */
    @Test
    void anApplicationMayAskMoreOfAFaceThanTheDepartment() throws Exception {
        String callback = "https://pharmacy.example/callback";
        JsonNode registered = hospital.server()
                .post(
                        "/api/clients",
                        hospital.admin(),
                        Map.of(
                                "client_id",
                                "pharmacy",
                                "name",
                                "Pharmacy",
                                "redirect_uris",
                                List.of(callback),
                                "liveness",
                                "STRICT"))
                .body();
        assertThat(registered.path("liveness").asString()).as("%s", registered).isEqualTo("STRICT");
        String pharmacy = authorize("pharmacy", callback, Map.of());
        Map<String, String> who = Map.of("department", Hospital.DEPARTMENT, "username", "ana");
        try (UserAgent agent = new UserAgent(server)) {
            assertThat(json(agent.post("/face-auth/sessions", "", who))
                            .path("policy")
                            .asString())
                    .as("for nobody in particular")
                    .isEqualTo("passive");
            agent.open(pharmacy);
            JsonNode asked = json(agent.post("/face-auth/sessions", "", who));
            assertThat(asked.path("policy").asString()).isEqualTo("strict");
            assertThat(asked.path("script")
                            .get(asked.path("script").size() - 1)
                            .path("action")
                            .asString())
                    .isEqualTo("COLOUR_FLASH");
            assertThat(agent.firstOf("/face-auth/" + Hospital.DEPARTMENT + "?username=ana")
                            .path("policy")
                            .asString())
                    .isEqualTo("strict");
            agent.open(authorize("records", RECORDS, Map.of()));
            assertThat(json(agent.post("/face-auth/sessions", "", who))
                            .path("policy")
                            .asString())
                    .isEqualTo("passive");
        }
        String token = passiveSignIn(who);
        try (UserAgent agent = new UserAgent(server)) {
            // A session that was opened past the application's back does for others only.
            agent.open(pharmacy);
            agent.get("/sign-in/state");
            String back = json(agent.post("/sign-in/face", agent.cookie("XSRF-TOKEN"), Map.of("access_token", token)))
                    .path("redirect")
                    .asString();
            assertThat(back).contains("client_id=pharmacy");
            assertThat(parameter(location(agent.open(authorize("records", RECORDS, Map.of()))), "code"))
                    .isNotEmpty();
            String quiet = location(agent.open(authorize("pharmacy", callback, Map.of("prompt", "none"))));
            assertThat(parameter(quiet, "error")).isEqualTo("login_required");
            assertThat(parameter(location(agent.open(authorize("records", RECORDS, Map.of()))), "code"))
                    .as("undisturbed")
                    .isNotEmpty();
            assertThat(location(agent.open(back))).endsWith("/sign-in");
            assertThat(json(agent.get("/sign-in/state")).path("signed_in").isNull())
                    .isTrue();
            // A password is taken as it is everywhere.
            assertThat(parameter(location(agent.open(agent.password("ben", RunningServer.PASSWORD))), "code"))
                    .isNotEmpty();
        }
    }

    /** A token of a session that no browser's application asks anything of. */
    private static String passiveSignIn(Map<String, String> who) {
        Answer answer = hospital.server().post("/face-auth/sessions", "", who);
        String frames = "/face-auth/sessions/" + answer.text("session_id") + "/frames";
        String session = answer.text("token");
        for (byte[] frame : ANA.signIn()) {
            answer = hospital.server().send("POST", frames, session, "image/jpeg", frame);
        }
        assertThat(answer.text("type")).as("%s", answer.body()).isEqualTo("authentication_complete");
        return answer.text("access_token");
    }

    @Test
    void onlyAuthorisationLeadsToTheSignInPage() {
        try (UserAgent agent = new UserAgent(server)) {
            assertThat(agent.open("/userinfo").statusCode()).isEqualTo(401);
            HttpResponse<String> unknown = agent.form(
                    "/oauth2/token",
                    "",
                    Map.of("grant_type", "client_credentials", "client_id", WardApplication.CLIENT_ID));
            assertThat(unknown.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anApplicationsSecretKeepsItsHash() {
        RegisteredClientRepository clients = hospital.server().context.getBean(RegisteredClientRepository.class);
        assertThat(clients.findByClientId("records").getClientSecret()).startsWith("$argon2id$");
        try (UserAgent agent = new UserAgent(server)) {
            tokens(agent, "ben");
        }
        assertThat(clients.findByClientId("records").getClientSecret()).startsWith("$argon2id$");
    }

    @Test
    void foreignPagesCannotSignAnybodyIn() {
        try (UserAgent agent = new UserAgent(server)) {
            HttpResponse<String> state = agent.get("/sign-in/state");
            assertThat(state.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(v -> assertThat(v).contains("no-store"));
            assertThat(state.headers().allValues("Set-Cookie"))
                    .anySatisfy(cookie ->
                            assertThat(cookie).startsWith("XSRF-TOKEN=").contains("SameSite=Strict"));
            Map<String, String> right = Map.of("username", "ben", "password", RunningServer.PASSWORD);
            assertThat(agent.post("/sign-in/password", "", right).statusCode()).isEqualTo(403);
            assertThat(agent.post("/sign-in/password", "guessed", right).statusCode())
                    .isEqualTo(403);
            assertThat(agent.post("/sign-in/face", "", Map.of("access_token", "x"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(agent.post("/sign-in/face", agent.cookie("XSRF-TOKEN"), Map.of("access_token", "x"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(json(agent.get("/sign-in/state")).path("signed_in").isNull())
                    .isTrue();
        }
    }

    @Test
    void whatIsPublishedIsWhatWorks() {
        try (UserAgent agent = new UserAgent(server)) {
            JsonNode discovery = json(agent.get("/.well-known/openid-configuration"));
            assertThat(discovery.path("issuer").asString()).isEqualTo(server.toString());
            assertThat(discovery.path("grant_types_supported").toString())
                    .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
            assertThat(discovery.path("token_endpoint_auth_methods_supported").toString())
                    .isEqualTo("[\"client_secret_basic\",\"none\"]");
            assertThat(discovery.path("code_challenge_methods_supported").toString())
                    .isEqualTo("[\"S256\"]");
            assertThat(discovery.path("scopes_supported").toString()).isEqualTo("[\"openid\",\"profile\"]");
            // One of applications' tokens and one of our own, and no private half.
            assertThat(json(agent.get("/oauth2/jwks")).path("keys").valueStream())
                    .extracting(key -> Set.copyOf(key.propertyNames()))
                    .containsExactlyInAnyOrder(
                            Set.of("kty", "use", "kid", "alg", "n", "e"),
                            Set.of("kty", "use", "kid", "alg", "crv", "x", "y"));
        }
    }

    @Test
    void overHttpsWithTheCertificateThatWasMade() throws Exception {
        int port = ((WebServerApplicationContext) hospital.server().context)
                .getWebServer()
                .getPort();
        URI secure = URI.create("https://localhost:" + port);
        try (UserAgent agent =
                new UserAgent(secure, RunningServer.trusting(data.resolve("vultus/tls/certificate.pem")))) {
            assertThat(json(agent.get("/.well-known/openid-configuration"))
                            .path("issuer")
                            .asString())
                    .isEqualTo(secure.toString());
            HttpResponse<String> sent = agent.open(authorize("records", RECORDS, Map.of()));
            assertThat(sent.headers().allValues("Set-Cookie"))
                    .anySatisfy(cookie ->
                            assertThat(cookie).startsWith("vultus=").contains("Secure", "HttpOnly", "SameSite=Lax"));
            JsonNode tokens = tokens(agent, "ben");
            SignedJWT id = SignedJWT.parse(tokens.path("id_token").asString());
            assertThat(id.getJWTClaimsSet().getIssuer()).isEqualTo(secure.toString());
        }
    }

    private static JsonNode tokens(UserAgent agent, String username) {
        agent.open(authorize("records", RECORDS, Map.of()));
        String code = parameter(location(agent.open(agent.password(username, RunningServer.PASSWORD))), "code");
        HttpResponse<String> tokens = redeem(agent, code, UserAgent.VERIFIER);
        assertThat(tokens.statusCode()).as(tokens.body()).isEqualTo(200);
        return json(tokens);
    }

    private static HttpResponse<String> redeem(UserAgent agent, String code, String verifier) {
        return agent.form(
                "/oauth2/token",
                records,
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", RECORDS,
                        "code_verifier", verifier));
    }

    private static HttpResponse<String> refresh(UserAgent agent, JsonNode tokens) {
        return agent.form(
                "/oauth2/token",
                records,
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.path("refresh_token").asString()));
    }
}
