package org.vultus.server.token;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** The hospital's applications that sign people in through Vultus. Authorization code with PKCE, and nothing else. */
@RestController
@Tag(name = "Applications")
final class ClientController {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration REFRESH = Duration.ofHours(12);

    private final RegisteredClientRepository clients;
    private final JdbcClient jdbc;
    private final PasswordHasher hasher;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final VultusProperties properties;
    private final Clock clock;

    ClientController(
            RegisteredClientRepository clients,
            JdbcClient jdbc,
            PasswordHasher hasher,
            AuditTrail audit,
            UnitOfWork work,
            VultusProperties properties,
            Clock clock) {
        this.clients = clients;
        this.jdbc = jdbc;
        this.hasher = hasher;
        this.audit = audit;
        this.work = work;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param confidential whether the application can keep a secret; a page or an app on a phone cannot
     * @param liveness what it asks of a face at least; the stricter of this and the department's policy holds
     */
    record NewClient(
            String clientId,
            String name,
            List<String> redirectUris,
            @Nullable List<String> postLogoutRedirectUris,
            @Nullable Boolean confidential,
            @Nullable LivenessPolicy liveness) {}

    /** @param clientSecret shown once */
    record ClientJson(
            String clientId,
            String name,
            Set<String> redirectUris,
            Set<String> postLogoutRedirectUris,
            LivenessPolicy liveness,
            @Nullable String clientSecret) {

        static ClientJson of(RegisteredClient client, @Nullable String secret) {
            return new ClientJson(
                    client.getClientId(),
                    client.getClientName(),
                    client.getRedirectUris(),
                    client.getPostLogoutRedirectUris(),
                    ClientLiveness.of(client),
                    secret);
        }
    }

    @GetMapping("/api/clients")
    @Operation(summary = "The registered applications")
    List<ClientJson> list(Caller caller) {
        caller.requireAdmin();
        return jdbc
                .sql("SELECT client_id FROM oauth2_registered_client ORDER BY client_id")
                .query((row, number) -> row.getString("client_id"))
                .list()
                .stream()
                .flatMap(id -> Optional.ofNullable(clients.findByClientId(id)).stream())
                .map(client -> ClientJson.of(client, null))
                .toList();
    }

    @PostMapping("/api/clients")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Registers an application; a confidential one gets a secret, shown once")
    ClientJson register(Caller caller, @RequestBody NewClient wish) {
        caller.requireAdmin();
        if (!wish.clientId().matches("[A-Za-z0-9._-]{1,100}")
                || wish.redirectUris().isEmpty()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "Send a client_id of letters, digits, dots and hyphens, and a redirect URI.");
        }
        wish.redirectUris().forEach(ClientController::requireSafe);
        if (clients.findByClientId(wish.clientId()) != null) {
            throw new Problem(ProblemType.ALREADY_EXISTS, "There is an application %s.".formatted(wish.clientId()));
        }
        boolean confidential = Boolean.TRUE.equals(wish.confidential());
        String secret = confidential ? secret() : null;
        LivenessPolicy liveness = Optional.ofNullable(wish.liveness()).orElse(LivenessPolicy.PASSIVE);
        RegisteredClient.Builder client = RegisteredClient.withId(
                        UUID.randomUUID().toString())
                .clientId(wish.clientId())
                .clientIdIssuedAt(clock.instant())
                .clientName(wish.name())
                .clientAuthenticationMethod(
                        confidential ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(wish.redirectUris()))
                .postLogoutRedirectUris(uris -> uris.addAll(
                        Optional.ofNullable(wish.postLogoutRedirectUris()).orElse(List.of())))
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .clientSettings(ClientLiveness.ask(ClientSettings.builder(), liveness)
                        .requireProofKey(true)
                        // The hospital registered it; asking each nurse again would only teach them to click.
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.tokenLife())
                        .refreshTokenTimeToLive(REFRESH)
                        .reuseRefreshTokens(false)
                        .build());
        if (secret != null) {
            client.clientSecret(hasher.hash(secret));
        }
        RegisteredClient built = client.build();
        work.run(() -> {
            clients.save(built);
            audit.append(AuditEvent.done(Action.CLIENT_REGISTERED, caller.actor(), null, null)
                    .with("client_id", wish.clientId())
                    .with("liveness", liveness.name()));
        });
        return ClientJson.of(built, secret);
    }

    @DeleteMapping("/api/clients/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Removes an application and the grants it holds")
    void remove(Caller caller, @PathVariable String clientId) {
        caller.requireAdmin();
        RegisteredClient client = clients.findByClientId(clientId);
        if (client == null) {
            throw Problem.notFound("The application " + clientId);
        }
        work.run(() -> {
            jdbc.sql("DELETE FROM oauth2_authorization WHERE registered_client_id = ?")
                    .param(client.getId())
                    .update();
            jdbc.sql("DELETE FROM oauth2_authorization_consent WHERE registered_client_id = ?")
                    .param(client.getId())
                    .update();
            jdbc.sql("DELETE FROM oauth2_registered_client WHERE id = ?")
                    .param(client.getId())
                    .update();
            audit.append(AuditEvent.done(Action.CLIENT_REMOVED, caller.actor(), null, null)
                    .with("client_id", clientId));
        });
    }

    /** RFC 9700, 2.1: whole addresses, over TLS unless on this machine, without a fragment. */
    private static void requireSafe(String redirect) {
        URI uri = URI.create(redirect);
        boolean local =
                "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost()) || "[::1]".equals(uri.getHost());
        boolean web = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
        boolean app = uri.getScheme() != null && uri.getScheme().contains(".");
        if (!(web || app) || uri.getFragment() != null) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "A redirect URI is a whole https address without a fragment; http only for localhost.");
        }
    }

    private static String secret() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
