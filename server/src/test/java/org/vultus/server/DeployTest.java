package org.vultus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What can be seen of {@code deploy} without Docker: that it parses, hides its secrets and opens one port. */
class DeployTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    @TempDir
    Path folder;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> whole, String name) {
        return (Map<String, Object>) whole.get(name);
    }

    private static Map<String, Object> compose() {
        try {
            return new Yaml().load(Files.readString(DEPLOY.resolve("compose.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> all = part(compose(), "services");
        Map<String, Map<String, Object>> services = new TreeMap<>();
        all.keySet().forEach(name -> services.put(name, part(all, name)));
        return services;
    }

    @Test
    void thereAreThreeServicesAndEachIsWatched() {
        assertThat(services()).containsOnlyKeys("postgres", "qdrant", "vultus");
        assertThat(services().values())
                .allSatisfy(
                        service -> assertThat(part(service, "healthcheck")).containsKeys("test", "interval", "retries"))
                .allSatisfy(service -> assertThat(service).containsEntry("restart", "unless-stopped"));
        assertThat(part(services().get("vultus"), "depends_on").values())
                .hasSize(2)
                .allSatisfy(wait -> assertThat(wait).hasToString("{condition=service_healthy}"));
    }

    @Test
    void onlyHttpsIsPublishedAndTheRestIsInside() {
        assertThat(services().get("vultus")).containsEntry("ports", List.of("443:8443"));
        for (String name : List.of("postgres", "qdrant")) {
            assertThat(services().get(name))
                    .doesNotContainKeys("ports", "network_mode")
                    .containsEntry("networks", List.of("inside"));
        }
        assertThat(part(part(compose(), "networks"), "inside")).containsEntry("internal", true);
    }

    @Test
    void secretsAreFilesAndNoValueIsWrittenDown() {
        Map<String, Object> declared = part(compose(), "secrets");
        declared.values().forEach(secret -> assertThat(secret.toString()).startsWith("{file=secrets/"));
        services().forEach((name, service) -> {
            assertThat(declared.keySet()).containsAll(strings(service.get("secrets")));
            Map<String, Object> environment = part(service, "environment");
            environment.forEach((variable, value) -> {
                String upper = variable.toUpperCase(Locale.ROOT);
                if (upper.contains("PASSWORD") || upper.contains("KEY") || upper.contains("SECRET")) {
                    assertThat(value.toString()).as("%s of %s", variable, name).startsWith("/run/secrets/");
                }
            });
            assertThat(service.toString().toLowerCase(Locale.ROOT))
                    .doesNotContain("password=", "trust", "changeme", "latest");
        });
        assertThat(part(services().get("qdrant"), "environment")).containsEntry("QDRANT__SERVICE__ENABLE_TLS", "true");
        assertThat(part(services().get("vultus"), "environment").get("SPRING_DATASOURCE_URL"))
                .asString()
                .contains("sslmode=verify-full");
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    @Test
    void theImageRunsAsAnOrdinaryUserAndNamesItsVersions() throws IOException {
        List<String> lines = Files.readAllLines(DEPLOY.resolve("Dockerfile"));
        assertThat(lines).contains("USER vultus").noneMatch(line -> line.contains(":latest"));
        assertThat(lines.stream().filter(line -> line.startsWith("FROM")))
                .hasSize(2)
                .allMatch(line -> line.contains(":25-"));
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile.dockerignore"))).contains("deploy/secrets");
    }

    @Test
    void theScriptMakesSecretsThatNobodyElseReadsAndKeepsThoseThatAreThere() throws Exception {
        assumeThat(Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl"))))
                .isTrue();
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        make(one);
        make(other);
        String password = Files.readString(one.resolve("postgres-password"));
        assertThat(password).matches("[0-9a-f]{64}").isNotEqualTo(Files.readString(other.resolve("postgres-password")));
        assertThat(Files.readString(one.resolve("qdrant-api-key"))).isNotEqualTo(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                .isEqualTo("rwx------");
        for (Object secret : part(compose(), "secrets").values()) {
            String file = secret.toString().replaceFirst("\\{file=secrets/(.*)}", "$1");
            assertThat(one.resolve(file)).isNotEmptyFile();
        }

        make(one);
        assertThat(Files.readString(one.resolve("postgres-password"))).isEqualTo(password);
    }

    private static void make(Path folder) throws Exception {
        Process script = new ProcessBuilder("sh", DEPLOY.resolve("secrets.sh").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }
}
