package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/** The console in a real browser on a real server: the first administrator's way through it, and what an auditor sees. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
    private static final People SOMEBODY = People.of(5, 5);

    @TempDir
    static Path data;

    @AutoClose
    private static RunningServer server;

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        server = RunningServer.start(data.resolve("server"));
    }

    @Test
    @Order(1)
    void theFirstAdministratorSetsUpADepartmentAndFindsItInTheAuditTrail() throws IOException {
        try (Visit visit = chromium.visit(SOMEBODY, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/console");
            page.getByLabel("User name").waitFor();
            Axe.findsNothing(page, "sign-in");
            signIn(visit, "admin", server.oneTimePassword);
            page.locator("input[autocomplete=new-password]").first().fill(RunningServer.PASSWORD);
            page.locator("input[autocomplete=new-password]").last().fill(RunningServer.PASSWORD);
            visit.click("Save and sign in");

            heading(page, "Hello, Administrator").waitFor();
            page.getByText("1 of 4 done").waitFor();
            Axe.findsNothing(page, "overview");
            link(page, "Set up a department").click();

            heading(page, "New department").waitFor();
            page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Intensive care");
            // Switches are worked by the keyboard, too.
            page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("By face alone"))
                    .press("Space");
            page.getByLabel("Number of faces N").fill("240");
            assertThat(page.getByText("and the bound is").textContent())
                    .isEqualTo("1 − (1 − 0.000001)240 = 0.00024, and the bound is 0.001.");
            Axe.findsNothing(page, "new department");
            visit.click("Save");
            page.getByText("Intensive care was saved.").waitFor();
            Locator department = row(page, "Intensive care");
            assertThat(department.textContent()).contains("intensive-care", "On, at 1 in 1,000");
            page.getByText("Until withdrawal or erasure; 90 days after the person is deactivated")
                    .waitFor();
            Axe.findsNothing(page, "departments");
            English.read().isLeftOutBy(page, "Setores");

            section(page, "Audit trail");
            row(page, "Department created").first().waitFor();
            page.getByLabel("Action").selectOption("DEPARTMENT_CREATED");
            page.getByRole(AriaRole.TEXTBOX, named("Person")).fill("admin");
            visit.click("Show events");
            page.waitForURL("**action=DEPARTMENT_CREATED**");
            // The administration itself was created by the program, not by a person.
            page.waitForCondition(() -> page.locator("tbody tr").count() == 1);
            Locator created =
                    row(page, "Department created").filter(new Locator.FilterOptions().setHasText("Administrator"));
            created.filter(new Locator.FilterOptions().setHasText("Intensive care"))
                    .waitFor();
            created.getByText("Details").last().click();
            created.getByText("intensive-care").waitFor();
            Axe.findsNothing(page, "audit trail");
            Download file = page.waitForDownload(() -> visit.click("Export and sign"));
            assertThat(Files.readString(file.path())).contains("DEPARTMENT_CREATED", "signature");
            page.getByText("All are signed").waitFor();

            section(page, "Overview");
            page.getByText("2 of 4 done").waitFor();

            section(page, "People");
            page.getByLabel("Role").selectOption("AUDITOR");
            page.getByText("Nobody found").waitFor();
            visit.click("Clear filters");
            Axe.findsNothing(page, "people");
            // By the keyboard alone.
            visit.enter("Administrator");
            heading(page, "Administrator").waitFor();
            page.getByText("Your own account is deactivated by another administrator.")
                    .waitFor();
            Axe.findsNothing(page, "person");
            visit.type("Name", "Chief administrator");
            visit.enter("Save");
            heading(page, "Chief administrator").waitFor();

            section(page, "Applications");
            page.getByText("No applications yet").waitFor();
            page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Records");
            page.getByRole(AriaRole.TEXTBOX, named("Redirect addresses")).fill("http://records.example/back");
            visit.click("Register");
            page.getByText("A redirect URI is a whole https address").waitFor();
            page.getByRole(AriaRole.TEXTBOX, named("Redirect addresses")).fill("https://records.example/back");
            visit.click("Register");
            page.getByText("Secret of Records").waitFor();
            Axe.findsNothing(page, "secret");
            visit.click("Done");
            visit.click("Remove Records");
            page.getByRole(AriaRole.DIALOG)
                    .getByText("Remove", new Locator.GetByTextOptions().setExact(true))
                    .click();
            page.getByText("No applications yet").waitFor();
            Axe.findsNothing(page, "applications");

            section(page, "Keys");
            String before = page.locator("code").first().textContent();
            visit.click("Rotate the keys");
            page.getByLabel("I will back up the key file afterwards.").check();
            Axe.findsNothing(page, "rotation");
            page.getByRole(AriaRole.DIALOG)
                    .getByText("Rotate the keys", new Locator.GetByTextOptions().setExact(true))
                    .click();
            page.getByText("New keys are in use").waitFor();
            page.locator("code")
                    .first()
                    .filter(new Locator.FilterOptions().setHasNotText(before))
                    .waitFor();
            Axe.findsNothing(page, "keys");

            section(page, "System");
            page.getByText("Working").waitFor();
            page.getByText("1 in 10,000 (0.0001)").waitFor();
            Axe.findsNothing(page, "system");
            // The browser itself tells of refusals, which are part of this.
            assertThat(visit.errorsOf(server.address)).allMatch(error -> error.contains("Failed to load resource"));
        }
    }

    @Test
    @Order(2)
    void anAuditorSeesWhatIsForThemOnAPhone() {
        String admin = server.token("admin", RunningServer.PASSWORD).text("access_token");
        Answer made = server.post(
                "/api/subjects",
                admin,
                Map.of(
                        "username",
                        "aurora",
                        "display_name",
                        "Aurora Lima",
                        "department",
                        "intensive-care",
                        "roles",
                        List.of("AUDITOR")));
        server.post(
                "/api/account/password",
                "",
                Map.of(
                        "username",
                        "aurora",
                        "current_password",
                        made.text("one_time_password"),
                        "new_password",
                        RunningServer.PASSWORD));

        try (Visit visit = chromium.visit(SOMEBODY, 360, 780)) {
            Page page = visit.page();
            page.navigate(server.address + "/console?section=keys");
            signIn(visit, "aurora", RunningServer.PASSWORD);
            page.getByText("This section is not for your role").waitFor();
            assertThat(page.getByRole(AriaRole.NAVIGATION)
                            .getByRole(AriaRole.LINK)
                            .allInnerTexts())
                    .extracting(String::strip)
                    .containsExactly("Overview", "Departments", "Attendance", "Security", "Audit trail", "System");
            for (String name : List.of("Overview", "Departments", "Security", "Audit trail", "System")) {
                section(page, name);
                Axe.findsNothing(page, name);
                assertThat(visit.fitsTheScreen()).as(name).isTrue();
            }
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }
    }

    @Test
    @Order(3)
    void theInterfaceTellsWhatTheConsoleShows() {
        String admin = server.token("admin", RunningServer.PASSWORD).text("access_token");
        String auditor = server.token("aurora", RunningServer.PASSWORD).text("access_token");

        assertThat(total(admin, "")).isEqualTo(2);
        assertThat(total(admin, "?role=AUDITOR")).isEqualTo(1);
        assertThat(total(admin, "?active=false")).isZero();
        assertThat(total(admin, "?active=true&enrolled=false&role=")).isEqualTo(2);
        assertThat(server.get("/api/subjects?role=KING", admin).status()).isEqualTo(400);

        JsonNode chain = server.get("/api/audit/chain", auditor).body();
        assertThat(chain.path("events").asLong())
                .isGreaterThan(chain.path("signed_up_to").asLong());
        assertThat(chain.path("signatures").asLong()).isPositive();
        Instant now = Instant.now();
        assertThat(server.get("/api/audit?from=" + now, auditor).body()).isEmpty();
        assertThat(server.get("/api/audit?limit=1&until=" + now, auditor).body())
                .hasSize(1);
        String aurora = server.get("/api/account", auditor).text("id");
        assertThat(server.get("/api/audit?person=" + aurora, auditor).body())
                .isNotEmpty()
                .allMatch(event -> event.path("actor").asString().equals(aurora)
                        || event.path("subject").asString().equals(aurora));

        JsonNode department = server.get("/api/departments", auditor).body().path(1);
        assertThat(department.path("references").asInt(-1)).isZero();
        assertThat(department.path("identification_fmr").asDouble()).isEqualTo(1e-3);
        assertThat(server.get("/api/model-pack", auditor)
                        .body()
                        .path("operating_points")
                        .path(0)
                        .path("fmr")
                        .asDouble())
                .isEqualTo(0.01);
    }

    /** Portuguese words are longer: none may lie over what stands beside the navigation. */
    @Test
    @Order(4)
    void theNavigationHoldsItsWordsInPortuguese() {
        try (Visit visit = chromium.visit(SOMEBODY, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/console");
            signIn(visit, "admin", RunningServer.PASSWORD);
            page.getByText("What stands where, and what comes next.").waitFor();
            visit.click("Português");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Pedidos de privacidade"))
                    .waitFor();
            assertThat(page.evaluate("""
                            [...document.querySelectorAll('nav a')]
                                .filter(link => link.scrollWidth > link.clientWidth)
                                .map(link => link.textContent)
                                .join()""")).isEqualTo("");
        }
    }

    private static void signIn(Visit visit, String username, String password) {
        visit.page().getByLabel("User name").fill(username);
        visit.page().locator("input[type=password]").fill(password);
        visit.click("Sign in");
    }

    private static int total(String token, String query) {
        return server.get("/api/subjects" + query, token).body().path("total").asInt();
    }

    private static void section(Page page, String name) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        if (name.equals("Overview")) {
            page.getByText("What stands where, and what comes next.").waitFor();
        } else {
            heading(page, name).waitFor();
        }
    }

    private static Locator heading(Page page, String text) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(text).setExact(true).setLevel(1));
    }

    private static Locator link(Page page, String text) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    private static Locator row(Page page, String text) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
