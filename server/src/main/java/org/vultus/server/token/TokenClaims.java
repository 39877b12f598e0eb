package org.vultus.server.token;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;

/**
 * What every token says of a person.
 *
 * @param amr how they signed in (RFC 8176)
 * @param acr {@code urn:vultus:acr:face} where a face was shown, else {@code urn:vultus:acr:password}
 */
record TokenClaims(
        String preferredUsername, String name, String department, List<String> roles, List<String> amr, String acr) {

    static TokenClaims of(Subject subject, Department department, Set<AuthenticationMethod> methods) {
        return new TokenClaims(
                subject.username(),
                subject.displayName(),
                department.code(),
                subject.roles().stream().map(Role::name).sorted().toList(),
                List.copyOf(new TreeSet<>(
                        methods.stream().map(AuthenticationMethod::amr).toList())),
                methods.contains(AuthenticationMethod.FACE) ? "urn:vultus:acr:face" : "urn:vultus:acr:password");
    }
}
