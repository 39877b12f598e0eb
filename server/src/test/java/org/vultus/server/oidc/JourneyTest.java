package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.vultus.server.People;
import org.vultus.server.RunningServer;
import org.vultus.server.RunningServer.Answer;
import tools.jackson.databind.JsonNode;

/**
 * One site from its first start to somebody's erasure, in a real browser on a real server: the administrator sets up a department, an
 * application and attendance and enrols Ana, who signs in to the application with her face, punches at the kiosk, sees what was done with it, takes a copy, withdraws and is erased. Each step stands on those before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final People ANA = People.of(3, 2);
    private static final String DEPARTMENT = "intensive-care";

    @TempDir
    static Path data;

    @AutoClose
    private static RunningServer server;

    @AutoClose
    private static Chromium chromium;

    private static final English ENGLISH = English.read();

    private static String admin = "";
    private static String ana = "";
    private static String kiosk = "";
    private static String receipt = "";

    @AutoClose
    private static ConfigurableApplicationContext ward;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        server = RunningServer.start(
                data.resolve("server"),
                "--vultus.attendance.zone=" + ZONE,
                "--vultus.webrtc.enabled=true",
                "--vultus.sign-in.requests-per-minute=1000000");
    }

    @Test
    @Order(1)
    void theFirstAdministratorSetsUpADepartmentAndAttendance() {
        try (Visit visit = chromium.visit(ANA, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/console");
            signIn(visit, "admin", server.oneTimePassword);
            page.locator("input[autocomplete=new-password]").first().fill(RunningServer.PASSWORD);
            page.locator("input[autocomplete=new-password]").last().fill(RunningServer.PASSWORD);
            visit.click("Save and sign in");
            page.getByText("1 of 4 done").waitFor();
            link(page, "Set up a department").click();
            page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Intensive care");
            page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("By face alone"))
                    .press("Space");
            // All three kinds of liveness are there; none of them is called missing any more.
            page.getByLabel("Liveness check").selectOption("STRICT");
            assertThat(page.getByRole(AriaRole.ALERT).count()).isZero();
            page.getByLabel("Liveness check").selectOption("PASSIVE");
            visit.click("Save");
            page.getByText("Intensive care was saved.").waitFor();
            registerTheWard(visit);
            enrolAna();
            page.navigate(server.address + "/console?section=attendance");
            signIn(visit, "admin", RunningServer.PASSWORD);

            part(page, "Shifts and rosters");
            visit.click("New shift");
            dialog(page).getByLabel("Name").fill("Day");
            dialog(page).getByLabel("Break from").fill("12:00");
            dialog(page).getByLabel("Break until").fill("13:00");
            isAccessible(page, "new shift");
            confirm(page, "New shift");
            page.getByText("Day was added.").waitFor();
            visit.click("New roster");
            dialog(page).getByLabel("Name").fill("12×36");
            dialog(page).getByLabel("Begin with").selectOption("twelve");
            dialog(page).getByLabel("Time zone").fill(ZONE.getId());
            isAccessible(page, "new roster");
            confirm(page, "New roster");
            page.getByText("12×36 was added.").waitFor();
            isAccessible(page, "shifts");

            part(page, "Plan");
            page.getByRole(AriaRole.COMBOBOX, named("Person")).selectOption(ana);
            page.getByRole(AriaRole.COMBOBOX, named("Roster")).selectOption(new SelectOption().setLabel("12×36"));
            visit.click("Give a roster");
            page.getByText("Ana Souza has the roster from").waitFor();
            page.getByText("07:00–19:00").first().waitFor();
            isAccessible(page, "plan");

            part(page, "Holidays and pay");
            visit.click("New holiday");
            dialog(page).getByLabel("Name").fill("Founders’ day");
            confirm(page, "New holiday");
            page.getByText("Founders’ day").waitFor();
            visit.click("Remove Founders’ day");
            confirm(page, "Remove");
            page.getByText("No holidays in this year.").waitFor();
            visit.click("New version");
            // From before the day that is put right below.
            dialog(page)
                    .locator("input[type=date]")
                    .fill(LocalDate.now(ZONE).minusDays(10).toString());
            dialog(page).getByLabel("Overtime needs approval").press("Space");
            confirm(page, "New version");
            page.getByText("Version 1").waitFor();
            isAccessible(page, "rules");

            part(page, "Kiosks");
            isAccessible(page, "no kiosks");
            visit.click("New kiosk");
            dialog(page).getByLabel("Name").fill("Entrance");
            dialog(page).getByLabel("Time zone").fill(ZONE.getId());
            dialog(page).getByLabel("Intensive care").check();
            isAccessible(page, "new kiosk");
            confirm(page, "Register");
            page.getByText("Entrance is registered").waitFor();
            kiosk = dialog(page).locator("code").textContent();
            visit.click("Done");
            row(page, "Entrance").getByText("Registered").waitFor();
            isAccessible(page, "kiosks");
            // The browser itself tells of refusals, as of the one-time password's.
            assertThat(visit.errorsOf(server.address)).allMatch(error -> error.contains("Failed to load resource"));
        }
    }

    @Test
    @Order(2)
    void anaSignsInToTheWardsApplicationWithHerFace() {
        try (Visit visit = chromium.visit(ANA, 390, 844)) {
            Page page = visit.page();
            page.navigate(WardApplication.address(ward).toString());
            page.waitForURL(server.address + "/sign-in");
            isAccessible(page, "sign-in");
            ENGLISH.isLeftOutBy(page, "Entrar");
            assertThat(visit.fitsTheScreen()).isTrue();
            byFace(visit);
            JsonNode claims = visit.claims();
            assertThat(claims.path("sub").asString()).isEqualTo(ana);
            assertThat(claims.path("amr").toString()).isEqualTo("[\"face\"]");
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }
    }

    @Test
    @Order(3)
    void anaSignsInWithHerFaceAndSeesWhatIsKept() throws IOException {
        try (Visit visit = chromium.visit(ANA, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/privacy");
            page.getByText("Sign in to see what is kept of you").waitFor();
            isAccessible(page, "sign-in of the portal");
            byFace(visit);
            heading(page, "What is kept").waitFor();
            page.getByText("Your consent").first().waitFor();
            page.getByText("Version 2026-11").waitFor();
            page.getByText("183 days").waitFor();
            isAccessible(page, "what is kept");
            ENGLISH.isLeftOutBy(page, "O que é guardado");

            section(page, "Use of my face");
            row(page, "Sign-in by face").getByText("Worked").first().waitFor();
            row(page, "Enrolled").first().waitFor();
            isAccessible(page, "uses");

            section(page, "A copy for me");
            isAccessible(page, "copy");
            Download file = page.waitForDownload(() -> visit.click("Download JSON"));
            assertThat(file.suggestedFilename()).isEqualTo("vultus-ana.json");
            JsonNode copy = RunningServer.JSON.readTree(Files.readString(file.path()));
            assertThat(copy.path("identity").path("username").asString()).isEqualTo("ana");
            assertThat(copy.path("sign_ins").findValuesAsString("method")).contains("FACE");
            Page readable = visit.page()
                    .context()
                    .waitForPage(() -> link(page, "Open the page").click());
            readable.getByText("Your enrolments").waitFor();
            assertThat(readable.evaluate("getComputedStyle(document.querySelector('h2')).borderTopWidth"))
                    .isEqualTo("2px");
            readable.close();

            // By the keyboard alone.
            visit.enter("Without my face");
            page.getByText("You have no PIN yet.").waitFor();
            visit.type("New PIN", "111111");
            visit.enter("Save PIN");
            page.getByText("Use 6 to 12 digits").waitFor();
            isAccessible(page, "PIN");
            visit.type("New PIN", "271828");
            visit.enter("Save PIN");
            page.getByText("Your PIN was saved.").waitFor();
            page.getByText("You have a PIN.").waitFor();

            section(page, "My requests");
            page.getByLabel("In your own words").fill("Not at the canteen.");
            visit.click("Object");
            page.getByText("Your request was received.").waitFor();
            page.getByText("Not at the canteen.").waitFor();
            isAccessible(page, "requests");
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }
    }

    @Test
    @Order(4)
    void herPunchesAreOnTheBoardAndTheTimesheetIsPutRightAndApproved() throws IOException {
        LocalDate day = LocalDate.now(ZONE).minusDays(2);
        Answer early = server.post(
                "/recognize",
                kiosk,
                Map.of(
                        "frames",
                        ANA.signIn(),
                        "event_id",
                        UUID.randomUUID(),
                        "captured_at",
                        day + "T08:58:00",
                        "direction",
                        "IN"));
        assertThat(early.status()).as("%s", early.body()).isEqualTo(200);
        try (Visit visit = chromium.visit(ANA, 820, 1180)) {
            Page page = visit.page();
            page.navigate(server.address + "/kiosk");
            page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(kiosk);
            visit.click("Check and start");
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Welcome Ana Souza"))
                    .waitFor();
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }

        try (Visit visit = chromium.visit(ANA, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/console?section=attendance");
            signIn(visit, "admin", RunningServer.PASSWORD);
            heading(page, "Board").waitFor();
            row(page, "Ana Souza").getByText("Face").waitFor();
            row(page, "Ana Souza")
                    .getByText("In", new Locator.GetByTextOptions().setExact(true))
                    .waitFor();
            page.getByText("1 of 2 are in.")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            isAccessible(page, "board");

            part(page, "Exceptions");
            page.getByRole(AriaRole.COMBOBOX, named("What")).selectOption("MISSING_OUT");
            isAccessible(page, "exceptions");
            row(page, "Departure is missing").getByRole(AriaRole.LINK).first().click();
            heading(page, "Ana Souza").waitFor();
            isAccessible(page, "timesheet");
            Locator missing = row(page, "Departure is missing");
            missing.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add a punch on"))
                    .click();
            assertThat(dialog(page).getByLabel("Direction").inputValue()).isEqualTo("OUT");
            dialog(page).getByLabel("Time, on the clock").fill("18:30");
            dialog(page).getByLabel("Reason").fill("The kiosk was off.");
            isAccessible(page, "correction");
            confirm(page, "Add a punch");
            page.getByText("It is recorded.").waitFor();
            Locator corrected = row(page, "Corrected");
            corrected.getByText("18:30").waitFor();
            corrected
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve overtime of"))
                    .click();
            assertThat(dialog(page).getByLabel("Minutes").inputValue()).isEqualTo("90");
            confirm(page, "Approve overtime");
            page.waitForCondition(() ->
                    row(page, "Corrected").getByText("Overtime not approved").count() == 0);
            visit.click("Approve the month");
            confirm(page, "Approve the month");
            page.getByText("Nothing changed since.").waitFor();
            visit.click("Out 18:30: set aside");
            dialog(page).getByLabel("Reason").fill("It was another day.");
            confirm(page, "Set aside");
            page.getByText("differences since").waitFor();
            visit.click("Grant leave");
            dialog(page).getByLabel("Kind").fill("Training");
            confirm(page, "Grant leave");
            page.getByText("Training").waitFor();
            isAccessible(page, "approved timesheet");

            part(page, "Timesheets");
            row(page, "Ana Souza").waitFor();
            isAccessible(page, "timesheets");
            part(page, "Reports");
            Download csv = page.waitForDownload(() -> visit.click("Download CSV"));
            assertThat(Files.readString(csv.path())).contains("Ana Souza");
            Download workbook = page.waitForDownload(() -> visit.click("Download workbook"));
            assertThat(Files.readAllBytes(workbook.path())).startsWith('P', 'K');
            isAccessible(page, "reports");

            // Nobody corrects their own time.
            part(page, "Timesheets");
            row(page, "Administrator").getByRole(AriaRole.LINK).click();
            page.getByText("This is your own timesheet").waitFor();
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }
    }

    @Test
    @Order(5)
    void anaWithdrawsAndIsRefusedWithHerFaceButNotWithHerPassword() {
        try (Visit visit = chromium.visit(ANA, 390, 844)) {
            Page page = visit.page();
            page.navigate(server.address + "/privacy");
            byFace(visit);
            section(page, "My time");
            LocalDate today = LocalDate.now(ZONE);
            if (today.minusDays(2).getMonth() != today.getMonth()) {
                visit.click("Month before");
            }
            row(page, "Corrected").getByText("08:58").waitFor();
            page.getByText("Training").waitFor();
            isAccessible(page, "my time");
            assertThat(visit.fitsTheScreen()).isTrue();

            section(page, "What is kept");
            visit.click("Withdraw my consent");
            dialog(page).getByText("The template of your face is destroyed").waitFor();
            isAccessible(page, "withdrawal");
            Locator withdraw = dialog(page)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Withdraw my consent"));
            assertThat(withdraw.isDisabled()).isTrue();
            dialog(page).getByLabel("I have read this").check();
            withdraw.click();
            page.getByText("Your consent is withdrawn").waitFor();
            page.getByText("No template of your face is kept.").waitFor();
            isAccessible(page, "withdrawn");
            assertThat(visit.fitsTheScreen()).isTrue();
            visit.click("Sign out");

            byFace(visit);
            page.getByText("You were not recognised.").waitFor();
            isAccessible(page, "refused");
            visit.click("Use password");
            isAccessible(page, "password");
            visit.password("ana", RunningServer.PASSWORD);
            heading(page, "What is kept").waitFor();

            section(page, "My requests");
            visit.click("Ask for erasure");
            isAccessible(page, "erasure");
            confirm(page, "Ask for erasure");
            page.getByText("Your request was received.").waitFor();
            receipt = page.locator("code").first().textContent();
        }
    }

    @Test
    @Order(6)
    void theAdministratorSeesTheRefusalAndErasesAnaWhoFetchesTheCertificate() throws IOException {
        try (Visit visit = chromium.visit(ANA, 1280, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/console?section=security");
            signIn(visit, "admin", RunningServer.PASSWORD);
            heading(page, "Security").waitFor();
            page.getByText("Nobody has to wait.").waitFor();
            page.getByLabel("Other refusals").check();
            row(page, "Sign-in by face").first().waitFor();
            isAccessible(page, "security");

            console(page, "Keys");
            page.getByLabel("Target FMR").selectOption("0.00001");
            page.getByText("At 1 false match in 100,000 comparisons").waitFor();
            isAccessible(page, "DET");

            console(page, "Privacy requests");
            page.getByText("Not at the canteen.").waitFor();
            isAccessible(page, "open requests");
            visit.click("Erase Ana Souza");
            assertThat(dialog(page)
                            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Erase"))
                            .isDisabled())
                    .isTrue();
            dialog(page).getByLabel("Type the user name ana").fill("ana");
            isAccessible(page, "erase");
            confirm(page, "Erase");
            Download certificate = page.waitForDownload(() -> visit.click("Download the certificate"));
            assertThat(Files.readString(certificate.path()).split("\\.")).hasSize(3);
            // Erasing answers the objection, too.
            page.getByText("No open requests").waitFor();
        }
        try (Visit visit = chromium.visit(ANA, 390, 844)) {
            Page page = visit.page();
            page.navigate(server.address + "/privacy?receipt=" + receipt);
            page.getByText("Your record is erased.").waitFor();
            isAccessible(page, "receipt");
            Download certificate = page.waitForDownload(() -> visit.click("Download the certificate"));
            assertThat(Files.readString(certificate.path()).split("\\.")).hasSize(3);
            assertThat(server.token("ana", RunningServer.PASSWORD).status()).isEqualTo(401);
            page.navigate(server.address + "/privacy?receipt=" + UUID.randomUUID());
            page.getByText("There is no request with this number.").waitFor();
        }
    }

    /** An application of the hospital, which is told the server's address and its own name. */
    private static void registerTheWard(Visit visit) {
        Page page = visit.page();
        ward = WardApplication.start(server.address);
        console(page, "Applications");
        page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Ward records");
        page.getByRole(AriaRole.TEXTBOX, named("Client ID")).fill(WardApplication.CLIENT_ID);
        page.getByRole(AriaRole.TEXTBOX, named("Redirect addresses"))
                .fill(WardApplication.address(ward) + "/login/oauth2/code/vultus");
        page.getByLabel("The application can keep a secret").uncheck();
        visit.click("Register");
        page.getByText("Ward records is registered").waitFor();
        isAccessible(page, "applications");
    }

    /** The officer's own way: the person, the ground, the guided camera, and photos that were taken before. */
    private static void enrolAna() {
        admin = server.token("admin", RunningServer.PASSWORD).text("access_token");
        String oneTime;
        try (Visit visit = chromium.visit(ANA.enrolment(), 1024, 900)) {
            Page page = visit.page();
            page.navigate(server.address + "/enrol?view=new");
            isAccessible(page, "sign-in of the officers");
            signIn(visit, "admin", RunningServer.PASSWORD);
            page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Ana Souza");
            page.getByRole(AriaRole.TEXTBOX, named("User name")).fill("ana");
            page.getByLabel("Department", Visit.EXACTLY).selectOption(DEPARTMENT);
            isAccessible(page, "new person");
            visit.click("Add person");
            oneTime = page.locator("code").textContent();
            isAccessible(page, "one-time password");
            visit.click("Go on to enrolment");
            page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Consent"))
                    .click();
            page.getByLabel("The person has read the notice and agrees.").check();
            isAccessible(page, "legal basis");
            visit.click("Record and go on");
            visit.click("Open the camera");
            page.getByText("Photo 1 of 8").waitFor();
            isAccessible(page, "guided camera");
            page.getByText("Photo 4 of 8").waitFor(new Locator.WaitForOptions().setTimeout(120_000));
            visit.click("Close the camera");
            List<byte[]> photos = ANA.enrolment();
            page.locator("input[type=file]")
                    .setInputFiles(IntStream.range(3, 6)
                            .mapToObj(i -> new FilePayload("photo" + i + ".jpg", "image/jpeg", photos.get(i)))
                            .toArray(FilePayload[]::new));
            visit.click("Enrol with 6 photos");
            page.getByText("Ana Souza is enrolled").waitFor();
            isAccessible(page, "enrolled");
            visit.click("Back to people");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ana Souza"))
                    .waitFor();
            isAccessible(page, "list of people");
            link(page, "Departments").click();
            page.getByText("Intensive care").waitFor();
            isAccessible(page, "list of departments");
            assertThat(visit.errorsOf(server.address)).isEmpty();
        }
        ana = server.get("/api/subjects?query=ana", admin)
                .body()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        Answer changed = server.post(
                "/api/account/password",
                "",
                Map.of("username", "ana", "current_password", oneTime, "new_password", RunningServer.PASSWORD));
        assertThat(changed.status()).as("%s", changed.body()).isEqualTo(204);
    }

    private static void signIn(Visit visit, String username, String password) {
        visit.page().getByLabel("User name").fill(username);
        visit.page().locator("input[type=password]").fill(password);
        visit.click("Sign in");
    }

    private static void byFace(Visit visit) {
        visit.page().getByLabel("Department").selectOption(DEPARTMENT);
        visit.click("Open the camera");
    }

    /** In light and in dark. */
    private static void isAccessible(Page page, String where) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Axe.findsNothing(page, where + ", " + scheme);
        }
    }

    /** A section of the portal. */
    private static void section(Page page, String name) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        heading(page, name).waitFor();
    }

    /** A section of the console. */
    private static void console(Page page, String name) {
        page.getByLabel("Sections")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        heading(page, name).waitFor();
    }

    /** A part of the section on attendance. */
    private static void part(Page page, String name) {
        page.getByLabel("Sections")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Attendance"))
                .click();
        page.getByLabel("Parts of attendance")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        heading(page, name).waitFor();
    }

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    private static void confirm(Page page, String act) {
        dialog(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(act).setExact(true))
                .click();
        dialog(page)
                .filter(new Locator.FilterOptions().setHasText("Cancel"))
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
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
