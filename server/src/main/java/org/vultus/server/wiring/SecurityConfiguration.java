package org.vultus.server.wiring;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.server.http.BodyLimit;
import org.vultus.server.http.ProblemResponse;
import org.vultus.server.http.ProblemType;
import org.vultus.server.token.AccessTokens;
import org.vultus.server.token.ClientLiveness;

/** Who may ask for what, before a controller is reached: the provider's endpoints, the API, and the pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /**
     * Nothing from elsewhere, nothing inline; blob: is the person's own pictures in the page. WebAssembly, which finds a face before a
     * picture is sent, may be compiled; text may not be run as a script.
     */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
                    + " img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** The page of the API's documentation brings styles and pictures in line. */
    private static final String DOCUMENTATION_POLICY = CONTENT_POLICY
            .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
            .replace("img-src 'self'", "img-src 'self' data:");

    private static final RequestMatcher AUTHORISATION =
            PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/oauth2/authorize");

    /** The provider itself tells the application that nobody is signed in (OpenID Connect Core, 3.1.2.6). */
    private static final RequestMatcher AUTHORISATION_WITHOUT_PROMPT =
            request -> AUTHORISATION.matches(request) && "none".equals(request.getParameter("prompt"));

    /** Spring Security publishes all that it knows; our applications are registered for less. */
    private static final Consumer<Map<String, Object>> WHAT_WORKS = document -> {
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "none"));
        document.put("revocation_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        document.put("introspection_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        document.put("scopes_supported", List.of("openid", "profile"));
        document.remove("tls_client_certificate_bound_access_tokens");
    };

    /** A measurement of each filter for each request told nobody anything, and cost more than the filters. */
    @Bean
    SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** OpenID Connect: discovery, keys, authorisation, tokens, revocation, introspection, user info, logout. */
    @Bean
    @Order(1)
    SecurityFilterChain provider(HttpSecurity http, ClientLiveness liveness) throws Exception {
        OAuth2AuthorizationServerConfigurer provider = new OAuth2AuthorizationServerConfigurer();
        return headers(http)
                .securityMatcher(provider.getEndpointsMatcher())
                .with(
                        provider,
                        server -> server.oidc(oidc -> oidc.providerConfigurationEndpoint(
                                        discovery -> discovery.providerConfigurationCustomizer(
                                                document -> document.claims(WHAT_WORKS))))
                                .authorizationServerMetadataEndpoint(
                                        metadata -> metadata.authorizationServerMetadataCustomizer(
                                                document -> document.claims(WHAT_WORKS))))
                .addFilterAfter(liveness, SecurityContextHolderFilter.class)
                // These endpoints are called by applications, and authenticate them.
                .csrf(csrf -> csrf.ignoringRequestMatchers(provider.getEndpointsMatcher()))
                .authorizeHttpRequests(requests -> requests.requestMatchers(AUTHORISATION_WITHOUT_PROMPT)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()))
                // Only there a person waits; the other endpoints answer applications.
                .exceptionHandling(e -> e.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/sign-in"), AUTHORISATION)
                        .defaultAuthenticationEntryPointFor(
                                new BearerTokenAuthenticationEntryPoint(), AnyRequestMatcher.INSTANCE))
                .build();
    }

    /** A person's own data: for applications by bearer token, for our pages by the browser's session, which a forged request cannot use. */
    @Bean
    @Order(2)
    SecurityFilterChain me(HttpSecurity http, JWKSource<SecurityContext> keys) throws Exception {
        return headers(http)
                .securityMatcher("/api/me", "/api/me/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(resource -> resource.jwt(jwt -> jwt.decoder(apiDecoder(keys)))
                        .authenticationEntryPoint(SecurityConfiguration::notSignedIn))
                .exceptionHandling(e -> e.authenticationEntryPoint(SecurityConfiguration::notSignedIn))
                // Requests with a bearer token need no token against forgery.
                .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(RequestCacheConfigurer::disable)
                .build();
    }

    /** The API: a bearer token of ours, for us. */
    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http, JWKSource<SecurityContext> keys) throws Exception {
        return headers(http)
                .securityMatcher("/api/**", "/face-auth/enroll", "/face-auth/enroll/**")
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers("/api/account/password", "/api/erasure-receipts/*")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .oauth2ResourceServer(resource -> resource.jwt(jwt -> jwt.decoder(apiDecoder(keys)))
                        .authenticationEntryPoint(SecurityConfiguration::notSignedIn))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** Figures for monitoring: from this machine, or with a token of an administrator or auditor. */
    @Bean
    @Order(4)
    SecurityFilterChain figures(HttpSecurity http, JWKSource<SecurityContext> keys, Subjects subjects)
            throws Exception {
        return headers(http)
                .securityMatcher("/actuator/prometheus")
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((authentication, context) -> new AuthorizationDecision(
                                isLoopback(context.getRequest()) || maySeeFigures(authentication.get(), subjects))))
                .oauth2ResourceServer(resource -> resource.jwt(jwt -> jwt.decoder(apiDecoder(keys)))
                        .authenticationEntryPoint(SecurityConfiguration::notSignedIn))
                .exceptionHandling(e -> e.authenticationEntryPoint(SecurityConfiguration::notSignedIn))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    private static boolean isLoopback(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }

    /** As the database knows them now. */
    private static boolean maySeeFigures(@Nullable Authentication authentication, Subjects subjects) {
        if (!(authentication instanceof JwtAuthenticationToken token)) {
            return false;
        }
        return subjects.find(UUID.fromString(token.getName()), new Scope.Everywhere())
                .filter(Subject::active)
                .filter(person ->
                        person.roles().contains(Role.ADMIN) || person.roles().contains(Role.AUDITOR))
                .isPresent();
    }

    /** The documentation of the API. */
    @Bean
    @Order(5)
    SecurityFilterChain documentation(HttpSecurity http) throws Exception {
        return headers(http, DOCUMENTATION_POLICY)
                .securityMatcher("/swagger-ui/**", "/api-docs", "/v3/api-docs/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** The pages and what they need before anybody is signed in. */
    @Bean
    @Order(6)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return headers(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                // The browser's session is what a forged request would use; tokens and frames do not come by cookie.
                .csrf(csrf -> csrf.spa()
                        .csrfTokenRepository(csrfCookie())
                        .ignoringRequestMatchers("/token", "/face-auth/**", "/recognize", "/recognize/**"))
                .build();
    }

    /** Tells the provider of sessions that ended, so that it forgets whom they belonged to. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        FilterRegistrationBean<BodyLimit> registration = new FilterRegistrationBean<>(new BodyLimit());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static void notSignedIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        ProblemResponse.write(
                response, ProblemType.NOT_SIGNED_IN, "Send a token that is still good: POST /token gives one.");
    }

    /** Our pages read it, and no request that begins elsewhere brings it. */
    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return repository;
    }

    private static HttpSecurity headers(HttpSecurity http) throws Exception {
        return headers(http, CONTENT_POLICY);
    }

    private static HttpSecurity headers(HttpSecurity http, String policy) throws Exception {
        return http.headers(headers -> {
            headers.defaultsDisabled();
            headerWriters(policy).forEach(headers::addHeaderWriter);
        });
    }

    /** The headers of every answer, also of those that no filter sees. */
    static List<HeaderWriter> headerWriters() {
        return headerWriters(CONTENT_POLICY);
    }

    private static List<HeaderWriter> headerWriters(String policy) {
        return List.of(
                new XContentTypeOptionsHeaderWriter(),
                new XXssProtectionHeaderWriter(),
                new CacheControlHeadersWriter(),
                new HstsHeaderWriter(),
                new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
                new ContentSecurityPolicyHeaderWriter(policy),
                new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
                new PermissionsPolicyHeaderWriter("camera=(self), microphone=(), geolocation=()"));
    }

    /** Takes our own access tokens and nothing else: not an ID token, not a token for an application (RFC 9068, 4). */
    private static JwtDecoder apiDecoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        // Spring Security's validators do that.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        OAuth2TokenValidator<Jwt> validator = new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ZERO), new JwtAudienceValidator(AccessTokens.AUDIENCE));
        decoder.setJwtValidator(validator);
        return decoder;
    }
}
