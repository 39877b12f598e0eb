package org.vultus.server.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.vultus.server.RunningServer;
import tools.jackson.databind.JsonNode;

/** A browser's requests without its pages: keeps cookies, follows no redirect, and shows every answer as it came. */
public final class UserAgent implements AutoCloseable {
    /** RFC 7636, appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private final URI server;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;

    public UserAgent(URI server) {
        this(server, HttpClient.newBuilder());
    }

    UserAgent(URI server, SSLContext trust) {
        this(server, HttpClient.newBuilder().sslContext(trust));
    }

    private UserAgent(URI server, HttpClient.Builder http) {
        this.server = server;
        this.http = http.cookieHandler(cookies).build();
    }

    @Override
    public void close() {
        http.close();
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "application/json"));
    }

    /** What a socket of a page of ours says first. */
    JsonNode firstOf(String path) {
        CompletableFuture<JsonNode> first = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + path), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket opened, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            first.complete(RunningServer.JSON.readTree(text.toString()));
                        }
                        opened.request(1);
                        return null;
                    }
                })
                .join();
        try {
            return first.orTimeout(60, TimeUnit.SECONDS).join();
        } finally {
            socket.abort();
        }
    }

    /** As when an address is opened in a window. */
    public HttpResponse<String> open(String address) {
        return send(request(address).header("Accept", "text/html"));
    }

    HttpResponse<String> get(String path, String bearer) {
        return send(request(path).header("Authorization", "Bearer " + bearer));
    }

    /** @param xsrf what a page of ours would read from the cookie and send along; empty for none */
    public HttpResponse<String> post(String path, String xsrf, Object json) {
        return send("POST", path, xsrf, json);
    }

    public HttpResponse<String> send(String method, String path, String xsrf, Object json) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (!xsrf.isEmpty()) {
            request.header("X-XSRF-TOKEN", xsrf);
        }
        return send(request.method(
                method, HttpRequest.BodyPublishers.ofString(RunningServer.JSON.writeValueAsString(json))));
    }

    /** @param basic {@code client:secret}; empty for none */
    HttpResponse<String> form(String path, String basic, Map<String, String> fields) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
        if (!basic.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(query(fields))));
    }

    /** Signs in as the sign-in page does; gives where to go on. */
    public String password(String username, String password) {
        get("/sign-in/state");
        return json(post("/sign-in/password", cookie("XSRF-TOKEN"), Map.of("username", username, "password", password)))
                .path("redirect")
                .asString("");
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** The address at which an application asks for a code, with PKCE; {@code changes} replace parameters, empty ones go. */
    static String authorize(String client, String redirect, Map<String, String> changes) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", client,
                "redirect_uri", redirect,
                "scope", "openid profile",
                "state", "s t/a+t&e",
                "code_challenge", challenge(),
                "code_challenge_method", "S256"));
        parameters.putAll(changes);
        parameters.values().removeIf(String::isEmpty);
        return "/oauth2/authorize?" + query(parameters);
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    /** A parameter of an address; empty if absent. */
    static String parameter(String address, String name) {
        String query = URI.create(address).getRawQuery();
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    public static JsonNode json(HttpResponse<String> response) {
        return RunningServer.JSON.readTree(response.body());
    }

    private HttpRequest.Builder request(String pathOrAddress) {
        return HttpRequest.newBuilder(server.resolve(pathOrAddress));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
