package org.vultus.access.subject;

import java.util.Optional;
import java.util.UUID;

/** The people. */
public interface Subjects {

    /** @return {@code false} when the user name is taken; nothing is changed then */
    boolean add(Subject subject);

    /** @return {@code false} when there is no such person within the scope, or the new user name is taken */
    boolean update(Subject subject, Scope scope);

    Optional<Subject> find(UUID id, Scope scope);

    Optional<Subject> findByUsername(String username, Scope scope);

    /** Whether anybody has the role {@link Role#ADMIN} and is active. */
    boolean hasAdministrator();
}
