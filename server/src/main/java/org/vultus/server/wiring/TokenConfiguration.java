package org.vultus.server.wiring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Subjects;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.token.AccessTokens;
import org.vultus.server.token.ClientLiveness;
import org.vultus.server.token.Issuer;
import org.vultus.server.token.OidcClaims;
import org.vultus.server.token.TokenKeys;

/** Tokens and the OpenID Connect provider, whose state lies in the database. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    JwtEncoder jwtEncoder(TokenKeys keys) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
        // Keys that were rotated out stay published until their last token is void; the first one signs.
        encoder.setJwkSelector(List::getFirst);
        return encoder;
    }

    @Bean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    AccessTokens accessTokens(JwtEncoder encoder, AuditTrail audit, UnitOfWork work, VultusProperties properties) {
        return new AccessTokens(encoder, audit, work, properties.tokenLife());
    }

    @Bean
    Issuer issuer(VultusProperties properties) {
        return new Issuer(properties.issuer());
    }

    @Bean
    OidcClaims oidcClaims(Subjects subjects, Departments departments, AuditTrail audit, UnitOfWork work) {
        return new OidcClaims(subjects, departments, audit, work);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(VultusProperties properties) {
        AuthorizationServerSettings.Builder settings = AuthorizationServerSettings.builder();
        if (properties.issuer() != null) {
            settings.issuer(properties.issuer());
        }
        return settings.build();
    }

    @Bean
    RegisteredClientRepository registeredClients(JdbcOperations jdbc) {
        return new JdbcRegisteredClientRepository(jdbc);
    }

    @Bean
    ClientLiveness clientLiveness(RegisteredClientRepository clients) {
        return new ClientLiveness(clients);
    }

    /** It belongs before authorisation alone, where the provider's chain has it. */
    @Bean
    FilterRegistrationBean<ClientLiveness> clientLivenessElsewhere(ClientLiveness liveness) {
        FilterRegistrationBean<ClientLiveness> registration = new FilterRegistrationBean<>(liveness);
        registration.setEnabled(false);
        return registration;
    }

    /**
     * How the provider checks an application's secret. Left to itself it would, at first use, replace the hash by one after its own
     * taste.
     */
    @Bean
    PasswordEncoder clientSecrets(PasswordHasher hasher) {
        return new AbstractValidatingPasswordEncoder() {
            @Override
            protected String encodeNonNullPassword(String secret) {
                return hasher.hash(secret);
            }

            @Override
            protected boolean matchesNonNull(String secret, String hash) {
                return hasher.matches(secret, hash);
            }
        };
    }

    @Bean
    OAuth2AuthorizationService authorizations(JdbcOperations jdbc, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationService(jdbc, clients);
    }

    @Bean
    OAuth2AuthorizationConsentService authorizationConsents(JdbcOperations jdbc, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationConsentService(jdbc, clients);
    }
}
