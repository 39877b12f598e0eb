package org.vultus.access.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Subject;

/**
 * Evidence that a person proved who they are, just now. Only the sign-in use cases can make one, so that whoever holds it may
 * issue a token without asking how it came about. Immutable.
 */
public final class Authenticated {
    private final Subject subject;
    private final Department department;
    private final Set<AuthenticationMethod> methods;
    private final Instant at;
    private final @Nullable LivenessPolicy liveness;

    /** Without a face. */
    Authenticated(Subject subject, Department department, Set<AuthenticationMethod> methods, Instant at) {
        this(subject, department, methods, at, null);
    }

    /** @param liveness what the session asked of the face */
    Authenticated(
            Subject subject,
            Department department,
            Set<AuthenticationMethod> methods,
            Instant at,
            @Nullable LivenessPolicy liveness) {
        this.subject = subject;
        this.department = department;
        this.methods = Set.copyOf(methods);
        this.at = at;
        this.liveness = liveness;
    }

    public Subject subject() {
        return subject;
    }

    public Department department() {
        return department;
    }

    public Set<AuthenticationMethod> methods() {
        return methods;
    }

    public Instant at() {
        return at;
    }

    /** What the session asked of the face; empty where there was none. */
    public Optional<LivenessPolicy> liveness() {
        return Optional.ofNullable(liveness);
    }

    @Override
    public String toString() {
        return "Authenticated[" + subject.id() + " by " + methods + " at " + at + ']';
    }
}
