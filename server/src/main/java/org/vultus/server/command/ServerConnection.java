package org.vultus.server.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a server as one user. Gets a new token when the old one has run out. Not safe for several threads.
 *
 * <p>Every call throws {@link IOException} when the server cannot be reached or goes away.
 */
final class ServerConnection implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** A token is replaced so long before its end: an upload that begins with a good token should end with one. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** An enrolment waits for its turn at the networks. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private record TokenJson(@Nullable String accessToken, long expiresIn) {}

    private final URI server;
    private final String user;
    private final char[] password;
    private final Clock clock;
    private final HttpClient http;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    /**
     * @param password wiped by {@link #close}
     * @param certificate the only one to trust, PEM; the machine's usual ones if empty
     */
    ServerConnection(URI server, String user, char[] password, Optional<Path> certificate, Clock clock)
            throws IOException {
        this.server = server;
        this.user = user;
        this.password = password;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        if (certificate.isPresent()) {
            builder.sslContext(trusting(certificate.get()));
        }
        this.http = builder.build();
    }

    /** @throws CommandFailure unless the server knows the user by this password */
    void signIn() throws IOException {
        String form = "grant_type=password&username=" + encoded(user) + "&password=" + encoded(new String(password));
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        TokenJson answer = reply(exchange(request, BodyHandlers.ofByteArray()), TokenJson.class)
                .orFail();
        token = Objects.requireNonNullElse(answer.accessToken(), "");
        renewAt = clock.instant().plusSeconds(answer.expiresIn()).minus(MARGIN);
    }

    <T> Reply<T> get(String path, Class<T> type) throws IOException {
        return call(request(path).GET(), type);
    }

    <T> Reply<T> post(String path, Class<T> type) throws IOException {
        return call(request(path).POST(BodyPublishers.noBody()), type);
    }

    /** @param body is sent as JSON */
    <T> Reply<T> post(String path, Record body, Class<T> type) throws IOException {
        return call(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))),
                type);
    }

    /** @param body can be sent twice */
    <T> Reply<T> post(String path, String contentType, BodyPublisher body, Class<T> type) throws IOException {
        return call(request(path).header("Content-Type", contentType).POST(body), type);
    }

    /** Copies what is there, as it comes. */
    void download(String path, String accept, OutputStream out) throws IOException {
        HttpResponse<InputStream> response =
                authorised(request(path).header("Accept", accept).GET(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw CommandFailure.failed(
                        problem(response.statusCode(), in.readAllBytes()).sentence());
            }
            in.transferTo(out);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    private <T> Reply<T> call(HttpRequest.Builder request, Class<T> type) throws IOException {
        return reply(authorised(request, BodyHandlers.ofByteArray()), type);
    }

    private <B> HttpResponse<B> authorised(HttpRequest.Builder request, BodyHandler<B> handler) throws IOException {
        if (clock.instant().isAfter(renewAt)) {
            signIn();
        }
        HttpResponse<B> response =
                exchange(request.setHeader("Authorization", "Bearer " + token).build(), handler);
        if (response.statusCode() != 401) {
            return response;
        }
        // Keys were rotated, or the server's clock is ahead of ours.
        signIn();
        return exchange(request.setHeader("Authorization", "Bearer " + token).build(), handler);
    }

    private <B> HttpResponse<B> exchange(HttpRequest request, BodyHandler<B> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (SSLException e) {
            throw CommandFailure.failed("no trust in the certificate of %s (%s); --certificate names the one to trust"
                    .formatted(server, e.getMessage()));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("%s does not answer (%s)".formatted(server, why), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private <T> Reply<T> reply(HttpResponse<byte[]> response, Class<T> type) {
        if (response.statusCode() / 100 != 2) {
            return new Reply.Refused<>(problem(response.statusCode(), response.body()));
        }
        try {
            return new Reply.Done<>(JSON.readValue(response.body(), type));
        } catch (JacksonException e) {
            throw CommandFailure.failed("%s does not answer as a Vultus of this version does: %s"
                    .formatted(response.uri(), e.getOriginalMessage()));
        }
    }

    private static Reply.ProblemJson problem(int status, byte[] body) {
        try {
            Reply.ProblemJson said = JSON.readValue(body, Reply.ProblemJson.class);
            return new Reply.ProblemJson(
                    status, said.type(), said.title(), said.detail(), said.reason(), said.images());
        } catch (JacksonException e) {
            return new Reply.ProblemJson(status, null, null, null, null, List.of());
        }
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))) {
                store.setCertificateEntry("trusted-" + n++, certificate);
            }
            if (n == 0) {
                throw CommandFailure.usage(pem + " holds no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw CommandFailure.usage(pem + " holds no certificate: " + e.getMessage());
        }
    }
}
