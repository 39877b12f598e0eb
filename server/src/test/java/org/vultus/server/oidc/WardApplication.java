package org.vultus.server.oidc;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import org.vultus.server.RunningServer;

/**
 * An application of the hospital as its authors would write it: Spring Boot's own OAuth 2 client, told the issuer and its name, and
 * one page that shows who came. Without a stereotype, so that the server under test does not find it among its own classes.
 */
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class
        })
class WardApplication {
    static final String CLIENT_ID = "ward";
    static final String SIGNED_OUT = "/signed-out";

    private static final String REGISTRATION = "spring.security.oauth2.client.registration.vultus.";

    @Bean
    SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        OidcClientInitiatedLogoutSuccessHandler logout = new OidcClientInitiatedLogoutSuccessHandler(clients);
        logout.setPostLogoutRedirectUri("{baseUrl}" + SIGNED_OUT);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(SIGNED_OUT)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2Login(Customizer.withDefaults())
                .logout(out -> out.logoutSuccessHandler(logout))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> pages() {
        return RouterFunctions.route()
                .GET("/", WardApplication::whoCame)
                .GET(SIGNED_OUT, request -> html("<h1>Signed out</h1>"))
                .build();
    }

    private static ServerResponse whoCame(ServerRequest request) {
        AbstractAuthenticationToken came =
                (AbstractAuthenticationToken) request.principal().orElseThrow();
        OidcUser user = (OidcUser) Objects.requireNonNull(came.getPrincipal());
        CsrfToken csrf =
                (CsrfToken) request.attribute(CsrfToken.class.getName()).orElseThrow();
        return html("""
                <pre id="claims">%s</pre>
                <form method="post" action="/logout">
                <input type="hidden" name="%s" value="%s"><button>Sign out</button></form>
                """.formatted(
                        HtmlUtils.htmlEscape(RunningServer.JSON.writeValueAsString(
                                user.getIdToken().getClaims())),
                        csrf.getParameterName(),
                        csrf.getToken()));
    }

    private static ServerResponse html(String body) {
        return ServerResponse.ok().contentType(MediaType.TEXT_HTML).body("<!doctype html><title>Ward</title>" + body);
    }

    /** @param issuer all that the application is told, besides its name */
    static ConfigurableApplicationContext start(URI issuer) {
        SpringApplication application = new SpringApplication(WardApplication.class);
        return application.run(List.of(
                        // The server's own settings lie on the class path too.
                        "--spring.config.name=ward",
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        // Cookies do not tell ports apart.
                        "--server.servlet.session.cookie.name=ward",
                        "--" + REGISTRATION + "client-id=" + CLIENT_ID,
                        "--" + REGISTRATION + "client-authentication-method=none",
                        "--" + REGISTRATION + "scope=openid,profile",
                        "--spring.security.oauth2.client.provider.vultus.issuer-uri=" + issuer)
                .toArray(String[]::new));
    }

    static URI address(ConfigurableApplicationContext context) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://localhost:" + port);
    }
}
