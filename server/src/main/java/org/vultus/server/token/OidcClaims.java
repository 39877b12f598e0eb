package org.vultus.server.token;

import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;

/**
 * Adds who somebody is to the tokens that applications get, as the database knows them at that moment. A refresh for somebody who
 * has been deactivated fails here.
 */
public final class OidcClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private final Subjects subjects;
    private final Departments departments;
    private final AuditTrail audit;
    private final UnitOfWork work;

    public OidcClaims(Subjects subjects, Departments departments, AuditTrail audit, UnitOfWork work) {
        this.subjects = subjects;
        this.departments = departments;
        this.audit = audit;
        this.work = work;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        String type = context.getTokenType().getValue();
        if (!type.equals(OAuth2TokenType.ACCESS_TOKEN.getValue()) && !type.equals("id_token")) {
            return;
        }
        Authentication principal = Objects.requireNonNull(context.getPrincipal());
        Subject subject = subjects.find(UUID.fromString(principal.getName()), new Scope.Everywhere())
                .filter(Subject::active)
                .orElseThrow(OidcClaims::gone);
        Department department = departments
                .find(subject.department())
                .filter(Department::active)
                .orElseThrow(OidcClaims::gone);
        TokenClaims claims = TokenClaims.of(subject, department, SignedInPerson.methods(principal));
        // Plain lists: the claims are kept in the database, and Spring Security reads back only classes that it knows.
        context.getClaims()
                .claim("amr", new ArrayList<>(claims.amr()))
                .claim("acr", claims.acr())
                .claim("preferred_username", claims.preferredUsername())
                .claim("name", claims.name())
                .claim("department", claims.department())
                .claim("roles", new ArrayList<>(claims.roles()));
        if (type.equals(OAuth2TokenType.ACCESS_TOKEN.getValue())) {
            work.run(() -> audit.append(
                    AuditEvent.done(Action.TOKEN_ISSUED, Actor.of(subject.id()), subject.id(), department.id())
                            .with("client_id", context.getRegisteredClient().getClientId())
                            .with("acr", claims.acr())));
        }
    }

    private static OAuth2AuthenticationException gone() {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT, "the person may not sign in any more", null));
    }
}
