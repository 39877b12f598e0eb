package org.vultus.server.socket;

import java.util.UUID;
import org.vultus.access.signin.Authenticated;

/** Who signed in. */
public record UserJson(UUID id, String username, String displayName, String department) {

    public static UserJson of(Authenticated evidence) {
        return new UserJson(
                evidence.subject().id(),
                evidence.subject().username(),
                evidence.subject().displayName(),
                evidence.department().code());
    }
}
