package org.vultus.server.http;

import java.util.Arrays;
import org.vultus.access.audit.Actor;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/**
 * Who calls, as the database knows them now: a role that was taken away since the token was issued is gone.
 *
 * @param scope whose records they may touch
 */
public record Caller(Subject subject, Scope scope, Actor actor) {

    static Caller of(Subject subject, Actor actor) {
        boolean everywhere =
                subject.roles().contains(Role.ADMIN) || subject.roles().contains(Role.AUDITOR);
        return new Caller(subject, everywhere ? new Scope.Everywhere() : new Scope.Within(subject.department()), actor);
    }

    /** @throws Problem unless the caller has one of the roles, or is an administrator */
    public void require(Role... roles) {
        boolean allowed =
                subject.roles().contains(Role.ADMIN) || Arrays.stream(roles).anyMatch(subject.roles()::contains);
        if (!allowed) {
            throw new Problem(
                    ProblemType.NOT_ALLOWED,
                    "That needs the role %s.".formatted(roles.length == 0 ? Role.ADMIN : Arrays.toString(roles)));
        }
    }

    /** @throws Problem unless the caller is an administrator */
    public void requireAdmin() {
        require();
    }
}
