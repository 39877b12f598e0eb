package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.People;
import org.vultus.server.RunningServer;

/**
 * A kiosk of a department that asks for small movements, in a real browser before a camera that shows a person who does not move: it asks,
 * says so in the language that was touched, asks for something else, lets nobody in who does not follow, and takes a PIN.
 */
class KioskScriptTest {
    private static final People ANA = People.of(3, 2);
    private static final String PIN = "271828";
    private static final Map<String, String> PORTUGUESE = Map.of(
            "BLINK", "Pisque",
            "TURN_LEFT", "esquerda",
            "TURN_RIGHT", "direita",
            "NOD", "cabeça",
            "OPEN_MOUTH", "boca",
            "COME_CLOSER", "perto");

    @TempDir
    static Path data;

    @AutoClose
    private static Hospital hospital;

    @AutoClose
    private static Chromium chromium;

    private static String admin;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(data);
        hospital = new Hospital(data.resolve("server"));
        RunningServer server = hospital.server();
        admin = hospital.admin();
        String ana = hospital.person("ana");
        hospital.enrol(ana, "ana", ANA);
        for (String person : List.of(ana, hospital.newcomer("bea").id())) {
            assertThat(server.json("PUT", "/api/attendance/people/" + person + "/pin", admin, Map.of("pin", PIN))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(server.json("PATCH", "/api/departments/" + Hospital.DEPARTMENT, admin, Map.of("liveness", "ACTIVE"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoDoesNotMoveAsAskedIsAskedForSomethingElseAndMayUseAPin() {
        String kiosk = hospital.kiosk("Ward door", ZoneOffset.UTC);
        try (Visit visit = chromium.visit(ANA, 820, 1180)) {
            Page page = visit.page();
            page.navigate(hospital.server().address + "/kiosk");
            page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(kiosk);
            visit.click("Check and start");
            page.getByText("Look here to clock in or out").waitFor();
            visit.click("Português");
            page.getByText("Olhe aqui").waitFor();
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("pt-BR");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Começar"))
                    .click();

            Locator prompt = page.locator("svg[data-action]");
            prompt.waitFor();
            String asked = prompt.getAttribute("data-action");
            // By picture and by word: what a screen reader says is what is shown.
            page.locator("[role=status]")
                    .filter(new Locator.FilterOptions().setHasText(PORTUGUESE.get(asked)))
                    .waitFor();
            assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            Axe.findsNothing(page, "script");
            visit.click("Não consigo fazer isso");
            page.waitForCondition(
                    () -> prompt.count() == 0 || !asked.equals(prompt.first().getAttribute("data-action")));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Usar PIN"))
                    .first()
                    .click();
            type(page, "ana");
            visit.click("Avançar");
            type(page, PIN);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Registrar"))
                    .first()
                    .click();
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Person ana"))
                    .waitFor();
            assertThat(visit.errorsOf(hospital.server().address)).isEmpty();
        }
    }

    /** The screen stays on while people may come, goes dark when nobody does, and a touch wakes it. */
    @Test
    void withoutAnybodyItSleepsAndATouchWakesIt() {
        String kiosk = hospital.kiosk("Cellar", ZoneOffset.UTC);
        try (Visit visit = chromium.visit(List.of(ANA.emptyRoom()), 820, 1180)) {
            Page page = visit.page();
            page.addInitScript("""
                    window.locks = [];
                    Object.defineProperty(navigator, 'wakeLock', { value: { request: async (what) => {
                      locks.push(what);
                      return { release: async () => { locks.pop(); } };
                    } } });""");
            page.clock().install();
            page.navigate(hospital.server().address + "/kiosk");
            page.getByLabel("Credential of the kiosk", Visit.EXACTLY).fill(kiosk);
            visit.click("Check and start");
            page.getByText("Look here to clock in or out").waitFor();
            visit.waitUntil("locks.join() === 'screen'");
            page.clock().fastForward("06:00");
            page.getByText("Touch to wake").waitFor();
            Axe.findsNothing(page, "asleep");
            visit.waitUntil("locks.length === 0");
            assertThat(page.evaluate("document.querySelector('video').srcObject === null"))
                    .isEqualTo(true);
            visit.click("Touch to wake");
            page.getByText("Look here to clock in or out").waitFor();
            visit.waitUntil("locks.join() === 'screen'");
        }
    }

    /** By a keyboard that is plugged in, from the first key on. */
    @Test
    void whereTheCameraDoesNotOpenThereIsThePin() {
        String kiosk = hospital.kiosk("Attic", ZoneOffset.UTC);
        try (Visit visit = chromium.visit(List.of(ANA.emptyRoom()), 820, 1180)) {
            Page page = visit.page();
            page.addInitScript(
                    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))");
            page.navigate(hospital.server().address + "/kiosk");
            page.getByLabel("Credential of the kiosk", Visit.EXACTLY).waitFor();
            visit.type("Credential of the kiosk", kiosk);
            visit.enter("Check and start");
            page.getByText("The camera does not work. Use your PIN.").waitFor();
            Axe.findsNothing(page, "PIN alone");
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Begin"))
                            .count())
                    .isZero();
            visit.enter("Use PIN");
            page.getByText("Your user name").waitFor();
            page.keyboard().type("bea");
            page.keyboard().press("Enter");
            page.getByText("Your PIN").waitFor();
            page.keyboard().type(PIN);
            page.keyboard().press("Enter");
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Person bea"))
                    .waitFor();
        }
    }

    private static void type(Page page, String keys) {
        keys.chars()
                .forEach(key -> page.getByRole(
                                AriaRole.BUTTON,
                                new Page.GetByRoleOptions()
                                        .setName(Character.toString(key))
                                        .setExact(true))
                        .click());
    }
}
