package org.vultus.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.vultus.server.start.FirstAdministrator;
import org.vultus.store.database.PreparedCluster;
import org.vultus.store.schema.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on its own data folder, spoken to as a client does: over HTTP. */
public final class RunningServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery staple";
    public static final JsonMapper JSON = new JsonMapper();

    /** Of the embedded database. */
    static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    static {
        prepareDatabase();
    }

    /** Absent when the server runs elsewhere. */
    public final @Nullable ConfigurableApplicationContext context;

    public final URI address;
    final HttpClient http = HttpClient.newHttpClient();
    public final String oneTimePassword;

    private RunningServer(@Nullable ConfigurableApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
        this.oneTimePassword = context == null
                ? ""
                : context.getBean(FirstAdministrator.class).create().orElse("");
    }

    /**
     * An empty cluster that every data folder here begins as a copy of, as after {@code ./vultus} has built. Made by the first of the
     * JVMs of one run of the tests, while the others wait.
     */
    private static void prepareDatabase() {
        String run = System.getProperty("vultus.tests.run", "by hand").replaceAll("\\W", "-");
        Path made = Path.of("target", "prepared-" + run);
        try (FileChannel channel = FileChannel.open(
                        Path.of("target", "prepare.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (Files.notExists(made)) {
                PreparedCluster.make(PROGRAMS, Schema::migrate);
                Files.createFile(made);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that another process runs. */
    static RunningServer elsewhere(URI address) {
        return new RunningServer(null, address);
    }

    public static RunningServer start(Path data, String... further) {
        return start(data, VultusServer.class, further);
    }

    /** @param replacements beans that take the place of the server's own of the same name */
    public static RunningServer start(Path data, Class<?> replacements, String... further) {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--vultus.web.local-port=" + port,
                "--vultus.data=" + data,
                "--vultus.programs=" + PROGRAMS));
        arguments.addAll(List.of(further));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--vultus.webrtc.enabled="))) {
            // Tests of other things spare themselves the decoding of videos.
            arguments.add("--vultus.webrtc.enabled=false");
        }
        SpringApplication application = VultusServer.application();
        application.addPrimarySources(List.of(replacements));
        return new RunningServer(
                application.run(arguments.toArray(String[]::new)), URI.create("http://localhost:" + port));
    }

    @Override
    public void close() {
        http.close();
        if (context != null) {
            context.close();
        }
    }

    /** What came back. */
    public record Answer(int status, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString();
        }
    }

    public Answer send(String method, String path, String token, String contentType, byte[] body) {
        return send(method, path, token, contentType, body, Map.of());
    }

    /** The same with more headers. */
    public Answer send(
            String method, String path, String token, String contentType, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Answer get(String path, String token) {
        return send("GET", path, token, "", new byte[0]);
    }

    public Answer delete(String path, String token) {
        return send("DELETE", path, token, "", new byte[0]);
    }

    public Answer json(String method, String path, String token, Object body) {
        return send(method, path, token, "application/json", JSON.writeValueAsBytes(body));
    }

    public Answer post(String path, String token, Object body) {
        return json("POST", path, token, body);
    }

    public Answer token(String username, String password) {
        String form = Stream.of("grant_type=password", "username=" + encode(username), "password=" + encode(password))
                .collect(Collectors.joining("&"));
        return send("POST", "/token", "", "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    }

    /** Chooses the first administrator's password, and gives their token. */
    public String administrator() {
        return firstToken("admin", oneTimePassword);
    }

    /** Chooses {@link #PASSWORD} in place of a one-time password, and gives a token for it. */
    public String firstToken(String username, String oneTime) {
        choosePassword(username, oneTime);
        return token(username, PASSWORD).text("access_token");
    }

    /** {@link #PASSWORD}, in place of a one-time password. */
    public void choosePassword(String username, String oneTime) {
        Answer changed = post(
                "/api/account/password",
                "",
                Map.of("username", username, "current_password", oneTime, "new_password", PASSWORD));
        if (changed.status() != 204) {
            throw new AssertionError(changed);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** For clients that trust this certificate and no other. */
    public static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "vultus", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
