package org.vultus.server.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.Authenticated;

/** Access tokens for Vultus itself (RFC 9068). They are issued for evidence of a sign-in and for nothing else. */
public final class AccessTokens {
    /** Whom these tokens are for. A token that an application got by OpenID Connect names that application instead. */
    public static final String AUDIENCE = "vultus";

    private final JwtEncoder encoder;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Duration life;

    public AccessTokens(JwtEncoder encoder, AuditTrail audit, UnitOfWork work, Duration life) {
        this.encoder = encoder;
        this.audit = audit;
        this.work = work;
        this.life = life;
    }

    /**
     * A token and what it was issued for.
     *
     * @param token the JWT; whoever has it is that person for its life
     */
    public record Issued(String token, Duration life, Authenticated evidence) {
        @Override
        public String toString() {
            return "Issued[token hidden, " + evidence + ']';
        }
    }

    public Issued issue(Authenticated evidence, String issuer) {
        TokenClaims claims = TokenClaims.of(evidence.subject(), evidence.department(), evidence.methods());
        Instant issuedAt = evidence.at().truncatedTo(ChronoUnit.SECONDS);
        String id = UUID.randomUUID().toString();
        JwtClaimsSet set = JwtClaimsSet.builder()
                .issuer(issuer)
                .subject(evidence.subject().id().toString())
                .audience(List.of(AUDIENCE))
                .id(id)
                .issuedAt(issuedAt)
                .expiresAt(issuedAt.plus(life))
                .claim("auth_time", issuedAt.getEpochSecond())
                .claim("amr", claims.amr())
                .claim("acr", claims.acr())
                .claim("preferred_username", claims.preferredUsername())
                .claim("name", claims.name())
                .claim("department", claims.department())
                .claim("roles", claims.roles())
                .build();
        JwsHeader header =
                JwsHeader.with(SignatureAlgorithm.ES256).type("at+jwt").build();
        String token = encoder.encode(JwtEncoderParameters.from(header, set)).getTokenValue();
        // Remembered before it is given away.
        work.run(() -> audit.append(AuditEvent.done(
                        Action.TOKEN_ISSUED,
                        Actor.of(evidence.subject().id()),
                        evidence.subject().id(),
                        evidence.department().id())
                .with("token", id)
                .with("acr", claims.acr())));
        return new Issued(token, life, evidence);
    }
}
