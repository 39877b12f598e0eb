package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vultus.server.start.PreparedBeans;

/** A server whose beans were worked out after the build, as {@code ./vultus serve} starts it. */
class PreparedStartTest {
    private static final People ANA = People.of(3, 2);
    private static final People BEN = People.of(4, 2);

    @TempDir
    static Path folder;

    private static Path beans;

    @BeforeAll
    static void prepare() throws Exception {
        beans = folder.resolve("beans.jar");
        PreparedBeans.write(VultusServer.class, beans);
    }

    @Test
    void itIsTheSameServer() throws Exception {
        int port = RunningServer.freePort();
        try (ChildServer child = start("one", "--vultus.web.local-port=" + port);
                RunningServer site = RunningServer.elsewhere(URI.create("http://localhost:" + port));
                RunningServer usual = RunningServer.start(folder.resolve("usual"))) {
            child.ready();
            assertThat(child.output()).contains("The beans are the prepared ones");
            // Every controller, with its parameters and answers.
            assertThat(site.get("/v3/api-docs", "").body().path("paths"))
                    .isNotEmpty()
                    .isEqualTo(usual.get("/v3/api-docs", "").body().path("paths"));
            for (String page :
                    List.of("/.well-known/openid-configuration", "/oauth2/jwks", "/face-auth/health", "/api/me")) {
                assertThat(site.get(page, "").status())
                        .as(page)
                        .isEqualTo(usual.get(page, "").status());
            }

            String token = FaultsTest.prepare(site, child.oneTimePassword());
            String id = FaultsTest.person(site, token, "ana");
            assertThat(FaultsTest.enrol(site, token, id, ANA).status()).isEqualTo(201);
            assertThat(FaceClient.signIn(site, "/face-auth/icu", ANA.signIn()).closeCode())
                    .isEqualTo(1000);
            assertThat(FaceClient.signIn(site, "/face-auth/icu?username=ana", BEN.signIn())
                            .closeCode())
                    .isEqualTo(4401);
        }
    }

    @Test
    void aSettingThatDecidesOnWhatThereIsIsHeeded() throws Exception {
        int port = RunningServer.freePort();
        try (ChildServer child = start("two", "--vultus.web.local-port=" + port, "--springdoc.api-docs.enabled=false");
                RunningServer site = RunningServer.elsewhere(URI.create("http://localhost:" + port))) {
            child.ready();
            assertThat(child.output()).contains("The beans are worked out at this start");
            assertThat(site.get("/v3/api-docs", "").status()).isEqualTo(404);
        }
    }

    private static ChildServer start(String data, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--logging.level.org.vultus.server.start=DEBUG",
                "--vultus.webrtc.enabled=false",
                "--vultus.programs=" + RunningServer.PROGRAMS));
        arguments.addAll(List.of(further));
        return ChildServer.start(
                List.of(
                        "env",
                        "JAVA_TOOL_OPTIONS=-Dspring.aot.enabled=true",
                        "CLASSPATH=" + beans + File.pathSeparator + System.getProperty("java.class.path")),
                folder.resolve(data),
                arguments.toArray(String[]::new));
    }
}
